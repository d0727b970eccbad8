"""What is known about a recording, from whichever references somebody wrote for it."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from scribe.evaluation.reference import Reference, SpeakerTurn, Utterance


class Truth(BaseModel):
    """None stands for what nobody wrote down, and so cannot be measured.

    language: a BCP 47 tag; it decides which rules texts are normalised by
    utterances: words with speaker and times; turns: who speaks when; speakers: how many
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str = "und"
    text: str | None = None
    utterances: tuple[Utterance, ...] | None = None
    turns: tuple[SpeakerTurn, ...] | None = None
    speakers: int | None = Field(default=None, ge=0)

    @classmethod
    def of_reference(cls, reference: Reference) -> Self:
        """All of it is known."""
        return cls(
            language=reference.language,
            text=reference.text,
            utterances=reference.utterances,
            turns=reference.turns,
            speakers=len(reference.speakers),
        )

    @classmethod
    def of_utterances(cls, language: str, utterances: tuple[Utterance, ...]) -> Self:
        """Turns are where words are; the text is in order of the starts."""
        return cls(
            language=language,
            text=" ".join(one.text for one in utterances if one.text),
            utterances=utterances,
            turns=tuple(SpeakerTurn(start=one.start, end=one.end, speaker=one.speaker) for one in utterances),
            speakers=len({one.speaker for one in utterances}),
        )

    def with_turns(self, turns: tuple[SpeakerTurn, ...]) -> Self:
        """The same with turns that were annotated by themselves."""
        return self.model_copy(update={"turns": turns, "speakers": len({turn.speaker for turn in turns})})
