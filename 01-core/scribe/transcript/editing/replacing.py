"""Find a text in every segment and put another in its place."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from scribe.transcript.document import Segment, Transcript
from scribe.transcript.editing.draft import Draft
from scribe.transcript.wording import one_line


@dataclass(frozen=True, slots=True)
class Replacement:
    """``find`` stands for itself, accents included; ``speaker``: only in what this speaker says."""

    find: str
    replace: str
    whole_words: bool = True
    match_case: bool = False
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A segment in which the text was found ``count`` times, as it was and as it is then."""

    segment: Segment
    count: int
    text: str


def replace(document: Transcript, wanted: Replacement, last_id: int) -> tuple[Transcript, tuple[Hit, ...]]:
    """The document with every occurrence replaced, and where they are; words keep their times.

    A segment of which nothing is left is deleted. last_id: as for ``apply``.
    Raises SpeakerNotFound, SegmentTooLong.
    """
    draft = Draft(document, last_id)
    if wanted.speaker is not None:
        draft.require_speaker(wanted.speaker)
    hits = tuple(filter(None, (_hit(segment, wanted) for segment in document.segments)))
    for hit in hits:
        draft.write(hit.segment.id, hit.text)
    return draft.finished(), hits


def _hit(segment: Segment, wanted: Replacement) -> Hit | None:
    if wanted.speaker is not None and segment.speaker != wanted.speaker:
        return None
    text = _composed(one_line(segment.text))
    spans = list(occurrences(text, wanted))
    if not spans:
        return None
    kept = [0, *(place for span in spans for place in span), len(text)]
    parts = [text[start:end] for start, end in zip(kept[::2], kept[1::2], strict=True)]
    return Hit(segment, len(spans), one_line(wanted.replace.join(parts)))


def occurrences(text: str, wanted: Replacement) -> Iterator[tuple[int, int]]:
    """Start and end of each occurrence from left to right, without overlap. O(n), whatever is looked for.

    text: in normal form C
    """
    fold = str if wanted.match_case else str.casefold
    letters = [fold(letter) for letter in text]
    sought, searched = fold(_composed(wanted.find)), "".join(letters)
    place_of = {start: place for place, start in enumerate(accumulate(map(len, letters), initial=0))}
    found = searched.find(sought)
    while found >= 0:
        start, end = place_of.get(found), place_of.get(found + len(sought))
        if start is None or end is None or (wanted.whole_words and not _whole(text, start, end)):
            found = searched.find(sought, found + 1)
            continue
        yield start, end
        found = searched.find(sought, found + len(sought))


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit of the found text goes on outside it."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return not (_in_word(before) and _in_word(text[start])) and not (
        _in_word(after) and _in_word(text[end - 1])
    )


def _in_word(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] in "LMN"


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
