"""Making, listing and revoking the API keys of a project."""

import uuid
from collections.abc import Sequence

import structlog
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import announce_after_commit
from scribe.db.models import ApiKey, Project
from scribe.queue import AccessChanged
from scribe_api.access.principals import Person
from scribe_api.audit.trail import Act, note
from scribe_api.keys.errors import KeyNotFound, TooManyKeys
from scribe_api.keys.schemas import KeyCreate, KeyCreated, KeyRead
from scribe_api.security import fingerprint, new_api_key

log = structlog.get_logger(__name__)

MOST_KEYS = 100
SHOWN_LENGTH = 12
"""How much of a key is kept to recognise it by; 48 of its 256 random bits are no help in guessing it."""


async def list_all(session: AsyncSession, project: Project) -> Sequence[ApiKey]:
    """The project's keys, newest first."""
    newest = select(ApiKey).where(ApiKey.project_id == project.id)
    return (await session.scalars(newest.order_by(ApiKey.created_at.desc(), ApiKey.id))).all()


async def create(session: AsyncSession, person: Person, project: Project, body: KeyCreate) -> KeyCreated:
    """Make a key that acts in the person's name. Raises TooManyKeys; the project's row must be locked."""
    unexpired = or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > func.now())
    good = select(func.count()).where(ApiKey.project_id == project.id, ApiKey.revoked_at.is_(None), unexpired)
    if (await session.scalar(good) or 0) >= MOST_KEYS:
        raise TooManyKeys(limit=MOST_KEYS)
    secret = new_api_key()
    key = ApiKey(
        project_id=project.id,
        created_by=person.user.id,
        name=body.name,
        prefix=secret[:SHOWN_LENGTH],
        token_hash=fingerprint(secret),
        scopes=sorted(set(body.scopes)),
        expires_at=body.expires_at,
    )
    session.add(key)
    await session.flush()
    note(
        session,
        person,
        Act.KEY_CREATED,
        project_id=project.id,
        subject=key.id,
        name=key.name,
        prefix=key.prefix,
        scopes=list(key.scopes),
    )
    log.info("key_created", project_id=str(project.id), key_id=str(key.id))
    return KeyCreated(**KeyRead.of(key).model_dump(), key=secret)


async def revoke(session: AsyncSession, person: Person, project: Project, key_id: uuid.UUID) -> None:
    """End the key at once; once more changes nothing. Raises KeyNotFound."""
    key = await session.get(ApiKey, key_id)
    if key is None or key.project_id != project.id:
        raise KeyNotFound(key_id=str(key_id))
    if key.revoked_at is not None:
        return
    key.revoked_at = func.now()
    announce_after_commit(session, AccessChanged(user_ids=(key.created_by,)))
    note(
        session,
        person,
        Act.KEY_REVOKED,
        project_id=project.id,
        subject=key.id,
        name=key.name,
        prefix=key.prefix,
    )
    log.info("key_revoked", project_id=str(project.id), key_id=str(key.id))
