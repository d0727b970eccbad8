"""Why a transcript, or a revision of it, cannot be had or changed."""

from scribe.transcript.editing.errors import (
    SegmentNotFound,
    SegmentsNotAdjacent,
    SegmentTooLong,
    SpeakerExists,
    SpeakerNotFound,
    SplitImpossible,
    TooManySpeakers,
)
from scribe_api.errors import ApiError

OPERATION_ERRORS = (
    SegmentNotFound,
    SpeakerNotFound,
    SpeakerExists,
    TooManySpeakers,
    SplitImpossible,
    SegmentsNotAdjacent,
    SegmentTooLong,
)


class RevisionRequired(ApiError):
    """An edit is made to a revision that its writer has seen."""

    status = 428
    code = "REVISION_REQUIRED"
    message = (
        'Say which revision you have seen: send its number in quotes, as in `If-Match: "3"`. '
        "The `ETag` of the transcript is just that."
    )


class RevisionStale(ApiError):
    """Somebody was faster."""

    status = 412
    code = "REVISION_STALE"
    message = (
        "The transcript is at revision {current} by now, which is not the one that you have seen. Read it "
        "and make the edit again. Nothing was changed."
    )

    @property
    def headers(self) -> dict[str, str]:
        """The validator of what is current."""
        return {"ETag": f'"{self.detail["current"]}"'}


class RevisionNotFound(ApiError):
    """The meeting has no such revision."""

    status = 404
    code = "REVISION_NOT_FOUND"
    message = "There is no revision {revision} of this meeting's transcript."


class GlossaryFull(ApiError):
    """The project's glossary or its vocabulary takes no more."""

    status = 409
    code = "GLOSSARY_FULL"
    message = (
        "The project's glossary or vocabulary is full. Shorten it, or replace without adding to it. "
        "Nothing was changed."
    )
