"""The sessions of an account: one a family of refresh tokens that is still open."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import RefreshSession, User
from scribe_api.access.principals import Person
from scribe_api.audit.trail import Act, note
from scribe_api.auth.errors import SessionNotFound
from scribe_api.auth.service import end_all_sessions, end_family


async def open_sessions(session: AsyncSession, person: Person) -> Sequence[RefreshSession]:
    """The newest token of each of the person's sessions, the last used one first."""
    newest = (
        select(RefreshSession)
        .where(
            RefreshSession.user_id == person.user.id,
            RefreshSession.revoked_at.is_(None),
            RefreshSession.expires_at > func.now(),
        )
        .ext(distinct_on(RefreshSession.family_id))
        .order_by(RefreshSession.family_id, RefreshSession.created_at.desc())
    )
    return sorted(await session.scalars(newest), key=lambda row: row.created_at, reverse=True)


async def end_one(session: AsyncSession, person: Person, family_id: uuid.UUID) -> None:
    """End one of the person's sessions. Raises SessionNotFound."""
    if family_id not in {row.family_id for row in await open_sessions(session, person)}:
        raise SessionNotFound(session_id=str(family_id))
    await end_family(session, family_id)
    note(session, person, Act.SESSIONS_ENDED, subject=family_id)


async def end_all(session: AsyncSession, person: Person) -> None:
    """Sign the person out everywhere, here too."""
    await session.execute(select(User.id).where(User.id == person.user.id).with_for_update(key_share=True))
    await end_all_sessions(session, person.user.id)
    note(session, person, Act.SESSIONS_ENDED, everywhere=True)
