"""Word error rate that also asks who said it: cpWER, and tcpWER, which asks when as well."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from scribe.evaluation.normalisation import BASIC, Normalisation
from scribe.evaluation.reference import Utterance
from scribe.evaluation.wer import WordErrors

COLLAR_S = 5.0
"""Seconds by which a word may be early or late in tcpWER, as in the CHiME challenges."""


def speaker_attributed_errors(
    reference: Sequence[Utterance], hypothesis: Sequence[Utterance], normalisation: Normalisation = BASIC
) -> WordErrors:
    """The words of each speaker in a row, compared under the best one-to-one matching of speakers (cpWER).

    A word given to the wrong speaker counts twice: as deleted from one, as inserted to the other.
    """
    from meeteval.wer.wer.cp import cp_word_error_rate  # noqa: PLC0415 - slow, and only evaluation needs it

    return _counted(cp_word_error_rate, *_spoken(reference, hypothesis, normalisation))


def time_constrained_errors(
    reference: Sequence[Utterance],
    hypothesis: Sequence[Utterance],
    normalisation: Normalisation = BASIC,
    *,
    collar: float = COLLAR_S,
) -> WordErrors:
    """The same where words only match when they were said at the same time, within the collar (tcpWER).

    Words lie in their utterance as their lengths suggest: time stamps of single words are not trusted, and
    many references have none.
    """
    from meeteval.wer.wer import time_constrained  # noqa: PLC0415 - as above

    logging.getLogger("preprocess").setLevel(logging.ERROR)  # meeteval's: it warns of utterances over 5 s
    compare = partial(time_constrained.time_constrained_minimum_permutation_word_error_rate, collar=collar)
    return _counted(compare, *_spoken(reference, hypothesis, normalisation))


def _spoken(
    reference: Sequence[Utterance], hypothesis: Sequence[Utterance], normalisation: Normalisation
) -> tuple[list[Utterance], list[Utterance]]:
    """Both normalised; utterances without words are left out, for they say nothing about speakers."""

    def normalised(utterances: Sequence[Utterance]) -> list[Utterance]:
        texts = (normalisation.apply(utterance.text) for utterance in utterances)
        pairs = zip(utterances, texts, strict=True)
        return [utterance.model_copy(update={"text": text}) for utterance, text in pairs if text]

    return normalised(reference), normalised(hypothesis)


def _counted(
    compare: Callable[..., Any], reference: Sequence[Utterance], hypothesis: Sequence[Utterance]
) -> WordErrors:
    """The counts of a comparison by meeteval, which takes neither side empty."""
    if not reference or not hypothesis:
        return WordErrors(
            words=_words_in(reference), deletions=_words_in(reference), insertions=_words_in(hypothesis)
        )
    counted = compare(_segments(reference), _segments(hypothesis))
    return WordErrors(
        words=counted.length,
        substitutions=counted.substitutions,
        deletions=counted.deletions,
        insertions=counted.insertions,
    )


def _words_in(utterances: Sequence[Utterance]) -> int:
    return sum(len(utterance.text.split()) for utterance in utterances)


def _segments(utterances: Sequence[Utterance]) -> object:
    """As meeteval takes them."""
    from meeteval.io import SegLST  # noqa: PLC0415 - as above

    return SegLST(
        [
            {"speaker": one.speaker, "start_time": one.start, "end_time": one.end, "words": one.text}
            for one in utterances
        ]
    )
