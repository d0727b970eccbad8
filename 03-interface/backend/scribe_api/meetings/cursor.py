"""The place in a list of meetings, as a text that clients hand back without reading it."""

import base64
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from scribe.db.models import Meeting
from scribe_api.errors import InvalidCursor


@dataclass(frozen=True)
class Cursor:
    """The last meeting of a page; the next page begins after it, whatever was added meanwhile."""

    created_at: datetime
    id: uuid.UUID

    @classmethod
    def after(cls, meeting: Meeting) -> Self:
        """The cursor of a page that ends with the meeting."""
        return cls(meeting.created_at, meeting.id)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises InvalidCursor."""
        try:
            created_at, _, meeting_id = base64.urlsafe_b64decode(text.encode()).decode().partition(" ")
            return cls(datetime.fromisoformat(created_at).astimezone(UTC), uuid.UUID(meeting_id))
        except (ValueError, OverflowError) as error:
            raise InvalidCursor from error

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(f"{self.created_at.isoformat()} {self.id}".encode()).decode()
