"""Give edited text the times of what was said: words that stay keep theirs, others share what is free."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from scribe.transcript.alignment import folded, matches
from scribe.transcript.document import Segment, Word
from scribe.transcript.wording import tokens_of

WRITTEN_BY_A_PERSON = 1.0
"""The confidence of a word that somebody wrote or corrected."""


def realigned(segment: Segment, text: str) -> tuple[Word, ...]:
    """The words of the segment as they are when its text is ``text``; none where it had none.

    A word that is still there keeps its time, and its confidence unless its case or punctuation changed.
    What took the place of other words shares their time, in proportion to letters; what is added between
    two words has the pause between them.
    """
    written = tokens_of(text)
    spoken = [piece for word in segment.words for piece in _pieces(word)]
    if not spoken:
        return ()
    words: list[Word] = []
    said = done = 0
    heard_until = segment.start
    for match in matches([folded(word.text) for word in spoken], [folded(token) for token in written]):
        kept = spoken[match.before : match.before + match.size]
        limit = kept[0].start if kept else segment.end
        replaced, added = spoken[said : match.before], written[done : match.after]
        if replaced:
            start, end = replaced[0].start, max(word.end for word in replaced)
        else:
            start, end = min(heard_until, limit), limit
        speaker = replaced[0].speaker if replaced else segment.speaker
        words += _spread(added, start, end, limit, speaker)
        words += [_respelled(word, token) for word, token in zip(kept, written[match.after :], strict=False)]
        heard_until = max([heard_until, *(word.end for word in kept)])
        said, done = match.before + match.size, match.after + match.size
    return tuple(words)


def spelled(segment: Segment) -> Segment:
    """The segment with words that read as its text does, which an engine or an old edit may not grant."""
    if [word.text for word in segment.words] == tokens_of(segment.text):
        return segment
    return segment.model_copy(update={"words": realigned(segment, segment.text)})


def _spread(
    tokens: Sequence[str], start: float, end: float, limit: float, speaker: str | None
) -> Iterator[Word]:
    """The tokens as words from ``start`` to ``end``, none beginning after ``limit``."""
    for token, (begins, ends) in zip(tokens, _shares(tokens, start, end), strict=True):
        yield Word(
            start=min(begins, limit),
            end=ends,
            text=token,
            confidence=WRITTEN_BY_A_PERSON,
            speaker=speaker,
        )


def _respelled(word: Word, text: str) -> Word:
    return word if word.text == text else replace(word, text=text, confidence=WRITTEN_BY_A_PERSON)


def _pieces(word: Word) -> list[Word]:
    """A word of an engine that holds several tokens, or characters that no reader sees, as words of text."""
    tokens = tokens_of(word.text)
    if tokens == [word.text]:
        return [word]
    shares = _shares(tokens, word.start, word.end)
    return [
        replace(word, text=text, start=start, end=end)
        for text, (start, end) in zip(tokens, shares, strict=True)
    ]


def _shares(tokens: Sequence[str], start: float, end: float) -> Iterator[tuple[float, float]]:
    """A stretch of time for each token, in proportion to its letters."""
    lengths = [len(token) for token in tokens]
    total = sum(lengths) or 1
    return pairwise(start + (end - start) * before / total for before in accumulate(lengths, initial=0))
