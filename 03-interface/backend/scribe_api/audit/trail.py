"""Write the audit log: a record belongs to the transaction that does what it tells."""

import uuid
from contextvars import ContextVar
from enum import StrEnum

from pydantic import JsonValue
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import AuditRecord
from scribe.logging import current_correlation_id
from scribe_api.access.principals import Principal

NOBODY = "nobody"

client_address: ContextVar[str | None] = ContextVar("client_address", default=None)
"""Where the request in hand comes from; set by ``scribe_api.edge``."""


class Act(StrEnum):
    """What is worth remembering."""

    SETUP_DONE = "setup_done"
    SETUP_REFUSED = "setup_refused"
    LOGIN = "login"
    LOGIN_REFUSED = "login_refused"
    SESSIONS_ENDED = "sessions_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  (the name of an act)
    USER_CREATED = "user_created"
    USER_CHANGED = "user_changed"
    USER_DELETED = "user_deleted"
    PROJECT_CREATED = "project_created"
    PROJECT_CHANGED = "project_changed"
    PROJECT_DELETED = "project_deleted"
    LIMITS_CHANGED = "limits_changed"
    MEMBER_SET = "member_set"
    MEMBER_REMOVED = "member_removed"
    KEY_CREATED = "key_created"
    KEY_REVOKED = "key_revoked"
    MEETING_EXPORTED = "meeting_exported"
    MEETING_MOVED = "meeting_moved"
    MEETING_DELETED = "meeting_deleted"


def note(
    session: AsyncSession,
    principal: Principal | None,
    act: Act,
    *,
    project_id: uuid.UUID | None = None,
    subject: object = None,
    **detail: JsonValue,
) -> None:
    """Remember the act. ``subject`` is the id of what it was done to; secrets never belong into detail."""
    session.add(
        AuditRecord(
            action=act,
            actor=principal.label if principal else NOBODY,
            actor_id=principal.acts_for if principal else None,
            project_id=project_id,
            subject=None if subject is None else str(subject),
            address=client_address.get(),
            correlation_id=current_correlation_id(),
            detail=detail,
        )
    )
