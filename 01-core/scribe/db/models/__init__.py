"""The tables, one noun a file."""

from scribe.db.models.deletion import Deletion
from scribe.db.models.job import Job, JobKind, JobStatus
from scribe.db.models.meeting import Meeting, MeetingStatus
from scribe.db.models.refresh_session import RefreshSession
from scribe.db.models.segment import Segment
from scribe.db.models.user import User, UserRole

__all__ = [
    "Deletion",
    "Job",
    "JobKind",
    "JobStatus",
    "Meeting",
    "MeetingStatus",
    "RefreshSession",
    "Segment",
    "User",
    "UserRole",
]
