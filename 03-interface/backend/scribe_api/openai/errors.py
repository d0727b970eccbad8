"""What can become of a recording whose sender waits for the transcript."""

import uuid

from scribe.db.models import Meeting
from scribe_api.errors import ApiError


class UnknownModel(ApiError):
    """No such model, or no worker has it now."""

    status = 404
    code = "MODEL_NOT_FOUND"
    message = (
        "There is no model '{model}' here. GET /v1/models lists those there are; whisper-1 always works."
    )


class _AfterUpload(ApiError):
    """The recording is a meeting by now: what goes wrong from here on must not send it again."""

    def __init__(self, meeting_id: uuid.UUID, **detail: object) -> None:
        super().__init__(meeting_id=str(meeting_id), **detail)

    @property
    def headers(self) -> dict[str, str]:
        """OpenAI's clients obey the first; by themselves they repeat the upload after a 409 or a 5xx."""
        return {"x-should-retry": "false", "X-Meeting-Id": str(self.detail["meeting_id"])}


class StillProcessing(_AfterUpload):
    """The transcript takes longer than a request may wait for it."""

    status = 504
    code = "STILL_PROCESSING"
    message = (
        "The transcript is not ready yet; the work goes on. Read it later as meeting {meeting_id}, do not "
        "send the recording again. For long recordings, ask with stream=true."
    )


class ProcessingFailed(_AfterUpload):
    """The workers gave up on it."""

    status = 500
    code = "PROCESSING_FAILED"
    message = (
        "The recording could not be transcribed ({reason}). It is kept as meeting {meeting_id}: retry that."
    )

    @classmethod
    def of(cls, meeting: Meeting) -> "ProcessingFailed":
        """As the meeting tells it."""
        return cls(
            meeting.id, reason=meeting.error_message or meeting.error_code, error_code=meeting.error_code
        )


class ProcessingCancelled(_AfterUpload):
    """Somebody cancelled or deleted the meeting meanwhile."""

    status = 409
    code = "PROCESSING_CANCELLED"
    message = "Somebody cancelled or deleted meeting {meeting_id} while it was being transcribed."


class ClientGone(_AfterUpload):
    """Nobody waits for the answer any more; only the log reads this."""

    status = 499
    code = "CLIENT_GONE"
    message = "The client went away; the transcript will be found as meeting {meeting_id}."
