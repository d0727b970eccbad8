"""Why an edit cannot be made; ``operation`` is its place in the request, counted from 0."""

from scribe.errors import ScribeError


class EditRefused(ScribeError):
    """The operation does not fit the transcript as it is."""

    status = 422
    permanent = True


class SegmentNotFound(EditRefused):
    """The revision has no such segment, or an operation before took it away."""

    code = "SEGMENT_NOT_FOUND"
    message = "There is no segment {segment} at operation {operation}. Nothing was changed."


class SpeakerNotFound(EditRefused):
    """The revision has no such speaker, or an operation before merged it into another."""

    code = "SPEAKER_NOT_FOUND"
    message = "There is no speaker {speaker} at operation {operation}. Nothing was changed."


class SpeakerExists(EditRefused):
    """A new speaker needs an id of its own."""

    code = "SPEAKER_EXISTS"
    message = (
        "There is a speaker {speaker} already at operation {operation}. Choose another id. "
        "Nothing was changed."
    )


class TooManySpeakers(EditRefused):
    """A transcript has room for so many speakers only."""

    code = "TOO_MANY_SPEAKERS"
    message = "A transcript has at most {most} speakers (operation {operation}). Nothing was changed."


class SplitImpossible(EditRefused):
    """Both parts of a segment need a word."""

    code = "SPLIT_IMPOSSIBLE"
    message = (
        "Segment {segment} has {words} words and cannot be split there (operation {operation}). "
        "Nothing was changed."
    )


class SegmentsNotAdjacent(EditRefused):
    """Only a segment and the one right after it can be merged: what lies between would change its place."""

    code = "SEGMENTS_NOT_ADJACENT"
    message = (
        "Segment {next} does not come right after segment {segment} (operation {operation}). "
        "Nothing was changed."
    )


class SegmentTooLong(EditRefused):
    """The text of a segment would be longer than one may be."""

    code = "SEGMENT_TOO_LONG"
    message = (
        "Segment {segment} would have more than {most} characters (operation {operation}). "
        "Nothing was changed."
    )
