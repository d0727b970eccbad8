"""What a person can do to a transcript, one operation at a time."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from scribe.transcript.wording import one_line

MOST_OPERATIONS = 500
LONGEST_TEXT = 20_000
"""Characters of one segment: hours of speech, and little enough to align while somebody waits."""

SegmentId = Annotated[int, Field(ge=1, le=2**31 - 1, examples=[12])]
SpeakerId = Annotated[
    str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._-]+$"), Field(examples=["S2"])
]
SpeakerName = Annotated[
    str, AfterValidator(one_line), StringConstraints(min_length=1, max_length=200), Field(examples=["Ada"])
]
Prose = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(one_line)]
Flag = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=50)]

REVIEWED = "reviewed"
"""The flag of a segment that a person has checked."""


class _Operation(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EditText(_Operation):
    """Write a segment anew; its words keep their times. A segment that is left without words is deleted."""

    op: Literal["edit_text"]
    segment: SegmentId
    text: Prose = Field(examples=["Good morning, everyone."])


class SplitSegment(_Operation):
    """Cut a segment in two before its word ``at``, counted from 0; the second part gets a new id."""

    op: Literal["split_segment"]
    segment: SegmentId
    at: Annotated[int, Field(ge=1, le=LONGEST_TEXT, examples=[4])]


class MergeSegments(_Operation):
    """Append a segment to the one right before it, whose id and speaker stay."""

    op: Literal["merge_segments"]
    segment: SegmentId
    next: SegmentId


class DeleteSegment(_Operation):
    """Take a segment out."""

    op: Literal["delete_segment"]
    segment: SegmentId


class SetSpeaker(_Operation):
    """Say who speaks a segment; null: nobody knows."""

    op: Literal["set_speaker"]
    segment: SegmentId
    speaker: SpeakerId | None


class RenameSpeaker(_Operation):
    """Give a speaker a name; null takes it away."""

    op: Literal["rename_speaker"]
    speaker: SpeakerId
    name: SpeakerName | None


class MergeSpeakers(_Operation):
    """Two speakers are one person: all that ``speaker`` says is said by ``into``, who stays."""

    op: Literal["merge_speakers"]
    speaker: SpeakerId
    into: SpeakerId


class AddSpeaker(_Operation):
    """Somebody whom the machine did not tell apart, under an id for the operations that follow."""

    op: Literal["add_speaker"]
    speaker: SpeakerId
    name: SpeakerName


class SetFlags(_Operation):
    """Replace the flags of a segment."""

    op: Literal["set_flags"]
    segment: SegmentId
    flags: Annotated[list[Flag], Field(max_length=20)]


class Review(_Operation):
    """Say that a segment was checked, which takes its doubts away; or that it was not."""

    op: Literal["review"]
    segment: SegmentId
    reviewed: bool = True


Operation = Annotated[
    EditText
    | SplitSegment
    | MergeSegments
    | DeleteSegment
    | SetSpeaker
    | RenameSpeaker
    | MergeSpeakers
    | AddSpeaker
    | SetFlags
    | Review,
    Field(discriminator="op"),
]
