"""What in a transcription should be checked: doubt is marked, never deleted."""

import zlib
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from scribe_worker.engines.base import Doubt, DoubtKind, Word
from scribe_worker.engines.speech import FRAME_S, Region
from scribe_worker.engines.whisper.phrases import find_known, folded

UNSURE = 0.5
"""Mean probability of a phrase's words below which it is rather wrong than right."""

IMPROBABLE = -1.0
REPETITIVE = 2.4
"""Whisper's own limits (Radford et al. 2022, section 4.5): mean log probability and gzip compression."""

SILENT = 0.1
"""Mean probability of speech under a phrase below which nobody can be heard, not even softly."""

UNHEARD_S = 1.0
"""Speech without words that is shorter is breath, laughter or the inexact end of a word."""

_REACH_S = 0.25
"""Word times may be that far off."""

_PAUSE_S = 1.0
_LONGEST_PHRASE = 20
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？")  # noqa: RUF001 - as Chinese and Japanese write them

_REPEATS = {1: 6, 2: 5, 3: 4}
_FEWEST_REPEATS = 3
_LONGEST_REPEATED = 12
"""How often the same words must follow each other: "no, no, no" is said, the same sentence thrice is not."""


def compression_ratio(text: str) -> float:
    """Bytes over compressed bytes, as Whisper measures it; 0 without text."""
    data = text.encode()
    return len(data) / len(zlib.compress(data)) if data else 0.0


def doubtful_words(words: Sequence[Word], probabilities: npt.NDArray[np.float32]) -> list[Doubt]:
    """Phrases that are unsure, over silence, repeated, or known to be made up.

    words: in order; probabilities: of speech, one for every 32 ms of the recording
    """
    doubts: list[Doubt] = []
    for phrase in phrases_of(words):
        if float(np.mean([word.confidence for word in phrase])) < UNSURE:
            doubts.append(_over("low_confidence", phrase))
        if _heard_under(phrase, probabilities) < SILENT:
            doubts.append(_over("over_silence", phrase))
    doubts += [
        _over("repetition", words[first : last + 1])
        for first, last in repetitions([word.text for word in words])
    ]
    doubts += [
        _over("known_hallucination", words[first : last + 1])
        for first, last in find_known([word.text for word in words])
    ]
    return doubts


def unheard(speech: Iterable[Region], words: Sequence[Word]) -> list[Region]:
    """Where the detector heard speech for a second or more and there is no word; words in order."""
    gaps: list[Region] = []
    position = 0
    for region in speech:
        clock = region.start
        while position < len(words) and words[position].end + _REACH_S < region.start:
            position += 1
        covering = position
        while covering < len(words) and words[covering].start - _REACH_S < region.end:
            gaps.append(Region(clock, words[covering].start - _REACH_S))
            clock = max(clock, words[covering].end + _REACH_S)
            covering += 1
        gaps.append(Region(clock, region.end))
    return [gap for gap in gaps if gap.duration >= UNHEARD_S]


def phrases_of(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words in pieces that end with a sentence, before a pause, or when they are long."""
    phrase: list[Word] = []
    for word in words:
        if phrase and (
            word.start - phrase[-1].end > _PAUSE_S
            or phrase[-1].text.endswith(_SENTENCE_ENDS)
            or len(phrase) == _LONGEST_PHRASE
        ):
            yield phrase
            phrase = []
        phrase.append(word)
    if phrase:
        yield phrase


def repetitions(texts: Sequence[str]) -> list[tuple[int, int]]:
    """First and last index of words that say the same again and again."""
    plain = [" ".join(folded(text)) for text in texts]
    found: list[tuple[int, int]] = []
    position = 0
    while position < len(plain):
        covered = max(_repeated(plain, position, length) for length in range(1, _LONGEST_REPEATED + 1))
        if covered:
            found.append((position, position + covered - 1))
        position += covered or 1
    return found


def _repeated(plain: Sequence[str], position: int, length: int) -> int:
    """How many words from ``position`` on are repeats of the first ``length``; 0 for too few repeats."""
    pattern = plain[position : position + length]
    times = 1
    while plain[position + times * length : position + (times + 1) * length] == pattern:
        times += 1
    return times * length if times >= _REPEATS.get(length, _FEWEST_REPEATS) else 0


def _heard_under(phrase: Sequence[Word], probabilities: npt.NDArray[np.float32]) -> float:
    first = max(0, int((phrase[0].start - _REACH_S) / FRAME_S))
    under = probabilities[first : round((phrase[-1].end + _REACH_S) / FRAME_S)]
    return float(under.mean()) if under.size else 0.0


def _over(kind: DoubtKind, words: Sequence[Word]) -> Doubt:
    return Doubt(kind=kind, start=words[0].start, end=max(word.end for word in words))
