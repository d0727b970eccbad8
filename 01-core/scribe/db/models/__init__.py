"""The tables, one noun a file."""

from scribe.db.models.api_key import ApiKey, Scope
from scribe.db.models.audit import AuditRecord
from scribe.db.models.deletion import Deletion
from scribe.db.models.job import Job, JobKind, JobStatus
from scribe.db.models.limits import Limited
from scribe.db.models.meeting import Meeting, MeetingStatus
from scribe.db.models.project import Project, ProjectMember, ProjectRole
from scribe.db.models.refresh_session import RefreshSession
from scribe.db.models.revision import RevisionKind, TranscriptRevision
from scribe.db.models.segment import Segment
from scribe.db.models.throttle import Throttle
from scribe.db.models.upload import Upload, UploadKind, UploadPart, UploadState
from scribe.db.models.usage import Usage
from scribe.db.models.user import User, UserRole

__all__ = [
    "ApiKey",
    "AuditRecord",
    "Deletion",
    "Job",
    "JobKind",
    "JobStatus",
    "Limited",
    "Meeting",
    "MeetingStatus",
    "Project",
    "ProjectMember",
    "ProjectRole",
    "RefreshSession",
    "RevisionKind",
    "Scope",
    "Segment",
    "Throttle",
    "TranscriptRevision",
    "Upload",
    "UploadKind",
    "UploadPart",
    "UploadState",
    "Usage",
    "User",
    "UserRole",
]
