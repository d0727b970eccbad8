"""What two revisions of a transcript have different, down to the words."""

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict

from scribe.transcript.alignment import matches
from scribe.transcript.document import Segment, Speaker, Transcript
from scribe.transcript.wording import tokens_of


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True)


class PieceKind(StrEnum):
    """Whether a piece of text is in both, or in one only."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(_Read):
    """Some words in a row."""

    kind: PieceKind
    text: str


class SegmentLine(_Read):
    """A segment without the times of its words."""

    id: int
    start: float
    end: float
    speaker: str | None
    text: str
    flags: tuple[str, ...]

    @classmethod
    def of(cls, segment: Segment) -> Self:
        """The segment, shortened."""
        return cls(**{name: getattr(segment, name) for name in cls.model_fields})


class ChangedSegment(_Read):
    """A segment that is in both; ``words`` spell the change of its text, if that changed."""

    before: SegmentLine
    after: SegmentLine
    words: tuple[Piece, ...]


class ChangedSpeaker(_Read):
    """A speaker with another name."""

    before: Speaker
    after: Speaker


class Difference(_Read):
    """What has to be done to the one revision to get the other."""

    added: tuple[SegmentLine, ...]
    removed: tuple[SegmentLine, ...]
    changed: tuple[ChangedSegment, ...]
    speakers_added: tuple[Speaker, ...]
    speakers_removed: tuple[Speaker, ...]
    speakers_changed: tuple[ChangedSpeaker, ...]


def difference(before: Transcript, after: Transcript) -> Difference:
    """From ``before`` to ``after``.

    Segments are the same one when id and time agree: a transcription that was made anew counts its own
    from 1 again.
    """
    old = {segment.id: segment for segment in before.segments}
    new = {segment.id: segment for segment in after.segments}
    both = {number for number in old.keys() & new.keys() if _overlap(old[number], new[number])}
    known, now = ({speaker.id: speaker for speaker in side.speakers} for side in (before, after))
    return Difference(
        added=tuple(SegmentLine.of(segment) for number, segment in new.items() if number not in both),
        removed=tuple(SegmentLine.of(segment) for number, segment in old.items() if number not in both),
        changed=tuple(
            _changed(old[number], segment)
            for number, segment in new.items()
            if number in both and segment != old[number]
        ),
        speakers_added=tuple(speaker for name, speaker in now.items() if name not in known),
        speakers_removed=tuple(speaker for name, speaker in known.items() if name not in now),
        speakers_changed=tuple(
            ChangedSpeaker(before=known[name], after=speaker)
            for name, speaker in now.items()
            if name in known and known[name] != speaker
        ),
    )


def _overlap(one: Segment, other: Segment) -> bool:
    return one.start <= other.end and other.start <= one.end


def _changed(before: Segment, after: Segment) -> ChangedSegment:
    return ChangedSegment(
        before=SegmentLine.of(before),
        after=SegmentLine.of(after),
        words=_pieces(before.text, after.text) if before.text != after.text else (),
    )


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    said, written = tokens_of(before), tokens_of(after)
    pieces: list[Piece] = []
    read = done = 0
    for match in matches(said, written):
        for kind, tokens in (
            (PieceKind.REMOVED, said[read : match.before]),
            (PieceKind.ADDED, written[done : match.after]),
            (PieceKind.SAME, written[match.after : match.after + match.size]),
        ):
            if tokens:
                pieces.append(Piece(kind=kind, text=" ".join(tokens)))
        read, done = match.before + match.size, match.after + match.size
    return tuple(pieces)
