"""Cuts a stream of words into segments that are good to read and to edit."""

import itertools
from collections.abc import Iterator, Sequence

from scribe.transcript import document
from scribe.transcript.wording import one_line
from scribe_worker.engines.base import Word

PAUSE_S = 0.8
SENTENCE_S = 5.0
LONGEST_S = 20.0

_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！")  # noqa: RUF001 - full-width marks end sentences too
_CLOSING = "\"'”’»)]"  # noqa: RUF001 - as above


def build_segments(words: Sequence[Word], speakers: Sequence[str | None]) -> tuple[document.Segment, ...]:
    """The words in segments of one speaker and one language each, numbered from 1.

    A segment ends where the speaker or the language changes, where nobody speaks for more than 0.8 s, and
    with the first sentence that ends after 5 s. What is still longer than 20 s is cut at its longest pause,
    away from its ends; only a single word can be longer.

    words: sorted by start; one without visible text is left out
    speakers: the speaker id of each word, or None where it is not known
    """
    numbers = itertools.count(1)
    return tuple(
        _segment(next(numbers), piece, language)
        for language, spoken in _by_language(words, speakers)
        for run in _runs(spoken)
        for sentences in _sentences(run)
        for piece in _shortened(sentences)
    )


def ends_sentence(text: str) -> bool:
    """Whether a word is the last one of a sentence, closing marks after it or not."""
    return text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)


def _segment(number: int, words: Sequence[document.Word], language: str | None) -> document.Segment:
    return document.Segment(
        id=number,
        start=words[0].start,
        end=_end(words),
        speaker=words[0].speaker,
        text=" ".join(word.text for word in words),
        language=language,
        words=tuple(words),
    )


def _by_language(
    words: Sequence[Word], speakers: Sequence[str | None]
) -> Iterator[tuple[str | None, list[document.Word]]]:
    """Stretches of words in one language, in the document's form."""
    pairs = zip(words, speakers, strict=True)
    for language, stretch in itertools.groupby(pairs, key=lambda pair: pair[0].language):
        spoken = [
            document.Word(
                start=word.start, end=word.end, text=text, confidence=word.confidence, speaker=speaker
            )
            for word, speaker in stretch
            if (text := one_line(word.text))
        ]
        if spoken:
            yield language, spoken


def _runs(words: Sequence[document.Word]) -> Iterator[Sequence[document.Word]]:
    """Cut where the speaker changes and at pauses."""
    begin, latest = 0, 0.0
    for index, word in enumerate(words):
        if index > begin and (word.speaker != words[begin].speaker or word.start - latest > PAUSE_S):
            yield words[begin:index]
            begin = index
        latest = max(latest, word.end)
    if words:
        yield words[begin:]


def _sentences(words: Sequence[document.Word]) -> Iterator[Sequence[document.Word]]:
    """Cut after the end of a sentence, once enough was said to make a segment of it."""
    begin = 0
    for index, word in enumerate(words):
        if ends_sentence(word.text) and word.end - words[begin].start >= SENTENCE_S:
            yield words[begin : index + 1]
            begin = index + 1
    if begin < len(words):
        yield words[begin:]


def _shortened(words: Sequence[document.Word]) -> Iterator[Sequence[document.Word]]:
    """Halve at the longest pause until nothing is too long; pauses in the outer quarters do not count."""
    start, length = words[0].start, _end(words) - words[0].start
    if length <= LONGEST_S or len(words) == 1:
        yield words
        return
    pauses = [after.start - before.end for before, after in itertools.pairwise(words)]
    places = [(after.start - start) / length for after in words[1:]]
    inner = [index for index, place in enumerate(places) if 1 / 4 <= place <= 3 / 4]
    if inner:
        cut = max(inner, key=lambda index: pauses[index])
    else:
        cut = min(range(len(places)), key=lambda index: abs(places[index] - 1 / 2))
    yield from _shortened(words[: cut + 1])
    yield from _shortened(words[cut + 1 :])


def _end(words: Sequence[document.Word]) -> float:
    return max(word.end for word in words)
