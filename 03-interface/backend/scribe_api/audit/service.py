"""Read the audit log, a page at a time."""

import uuid

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import AuditRecord
from scribe_api.audit.schemas import AuditPage, AuditQuery, AuditRead


async def page(session: AsyncSession, asked: AuditQuery, project_id: uuid.UUID | None = None) -> AuditPage:
    """The newest records that fit, of one project or of the whole instance."""
    query = select(AuditRecord).order_by(AuditRecord.id.desc()).limit(asked.limit + 1)
    if project_id is not None:
        query = query.where(AuditRecord.project_id == project_id)
    if asked.action:
        query = query.where(AuditRecord.action.in_(asked.action))
    if asked.actor_id is not None:
        query = query.where(AuditRecord.actor_id == asked.actor_id)
    if asked.subject is not None:
        query = query.where(AuditRecord.subject == asked.subject)
    if asked.since is not None:
        query = query.where(AuditRecord.at >= asked.since)
    if asked.until is not None:
        query = query.where(AuditRecord.at < asked.until)
    if asked.cursor is not None:
        query = query.where(AuditRecord.id < int(asked.cursor))
    found = (await session.scalars(query)).all()
    shown = found[: asked.limit]
    return AuditPage(
        items=[AuditRead.of(record) for record in shown],
        next_cursor=str(shown[-1].id) if len(found) > asked.limit else None,
    )
