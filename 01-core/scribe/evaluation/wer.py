"""Word error rate: how much of what was said is written differently."""

from typing import Self

import jiwer
from pydantic import BaseModel, ConfigDict, Field

from scribe.evaluation.normalisation import BASIC, Normalisation, normalise

__all__ = ["WordErrors", "normalise", "word_error_rate", "word_errors"]


class WordErrors(BaseModel):
    """Counts of words; those of several recordings add up, so that long ones weigh more than short ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: int = Field(default=0, ge=0)
    """In the reference."""
    substitutions: int = Field(default=0, ge=0)
    deletions: int = Field(default=0, ge=0)
    insertions: int = Field(default=0, ge=0)

    @property
    def rate(self) -> float:
        """Errors over the words of the reference; 0 is perfect, above 1 is possible.

        Without reference words it is 0 where nothing was inserted and 1 otherwise.
        """
        errors = self.substitutions + self.deletions + self.insertions
        return errors / self.words if self.words else float(errors > 0)

    def __add__(self, other: Self) -> Self:
        return type(self)(
            words=self.words + other.words,
            substitutions=self.substitutions + other.substitutions,
            deletions=self.deletions + other.deletions,
            insertions=self.insertions + other.insertions,
        )


def word_errors(
    reference_text: str, hypothesis_text: str, normalisation: Normalisation = BASIC
) -> WordErrors:
    """Compare two texts, both normalised first, along their cheapest alignment."""
    reference = normalisation.apply(reference_text)
    hypothesis = normalisation.apply(hypothesis_text)
    if not reference:
        return WordErrors(insertions=len(hypothesis.split()))
    counted = jiwer.process_words(reference, hypothesis)
    return WordErrors(
        words=counted.hits + counted.substitutions + counted.deletions,
        substitutions=counted.substitutions,
        deletions=counted.deletions,
        insertions=counted.insertions,
    )


def word_error_rate(reference_text: str, hypothesis_text: str, normalisation: Normalisation = BASIC) -> float:
    """Substituted, deleted and inserted words over the words of the reference."""
    return word_errors(reference_text, hypothesis_text, normalisation).rate
