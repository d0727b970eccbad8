"""A resumable upload as clients see it."""

import uuid
from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from scribe.db.models import Upload, UploadKind, UploadState


class UploadRead(BaseModel):
    """Where an upload stands; what became of it can be read for a while after its end."""

    id: uuid.UUID
    kind: UploadKind
    state: UploadState = Field(
        description="OPEN takes bytes, RECEIVED has them all and is being looked at, DONE is a meeting."
    )
    project_id: uuid.UUID
    filename: str
    offset: int = Field(description="Bytes that are safely stored.")
    length: int | None = Field(description="Bytes in all; null while that is not known.")
    sha256: str | None
    meeting_id: uuid.UUID | None = Field(description="Set when the upload is done.")
    duplicates: list[uuid.UUID] = Field(description="Meetings of the project with the very same recording.")
    error_code: str | None
    error_message: str | None
    created_at: datetime
    expires_at: datetime = Field(description="When it is given up, or forgotten where it has ended.")

    @classmethod
    def of(cls, upload: Upload) -> Self:
        """The upload."""
        is_meeting = upload.state == UploadState.DONE and upload.kind != UploadKind.PARTIAL
        own = {
            name: getattr(upload, name) for name in cls.model_fields if name not in {"offset", "meeting_id"}
        }
        return cls(**own, offset=upload.received, meeting_id=upload.meeting_id if is_meeting else None)
