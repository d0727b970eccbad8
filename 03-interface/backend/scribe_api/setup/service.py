"""Make the first administrator: once, and only for whoever has the code."""

import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import User, UserRole
from scribe.first_run import is_first_run_code
from scribe_api.access.principals import Person
from scribe_api.audit.trail import Act, note
from scribe_api.auth import throttle
from scribe_api.auth.service import SignedIn, begin_session
from scribe_api.auth.visitor import Visitor
from scribe_api.gateway import Gateway
from scribe_api.security import hash_password
from scribe_api.setup.errors import SetupCodeWrong, SetupDone
from scribe_api.setup.schemas import SetupCreate
from scribe_api.users import service as users

FIRST_ACCOUNT = "scribe:first-account"

log = structlog.get_logger(__name__)


async def is_needed(session: AsyncSession) -> bool:
    """Whether nobody administers the instance; accounts of other kinds do not count."""
    return await session.scalar(select(User.id).where(User.role == UserRole.ADMIN).limit(1)) is None


async def take_turn(session: AsyncSession) -> None:
    """Whoever else would make the first account waits until this transaction has ended."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(FIRST_ACCOUNT))))


async def set_up(gateway: Gateway, wanted: SetupCreate, visitor: Visitor) -> SignedIn:
    """The administrator, signed in. Of two who come at once, one is made.

    Raises SetupDone, TooManyAttempts, SetupCodeWrong, EmailTaken, SignInBusy.
    """
    settings = gateway.settings
    counted = throttle.counter_of_setup(visitor, settings.throttle)
    async with gateway.database.transaction() as session:
        if not await is_needed(session):
            raise SetupDone
        await throttle.count(session, counted, settings.throttle)
    if not is_first_run_code(settings.auth, wanted.code):
        async with gateway.database.transaction() as session:
            note(session, None, Act.SETUP_REFUSED)
        log.warning("setup_refused")
        raise SetupCodeWrong
    hashed = await hash_password(wanted.password)
    async with gateway.database.transaction() as session:
        await take_turn(session)
        if not await is_needed(session):
            raise SetupDone
        user = await users.create(session, wanted.email, hashed, name=wanted.name, role=UserRole.ADMIN)
        await throttle.forgive(session, counted)
        signed_in = begin_session(session, user, settings.auth, visitor)
        note(session, Person(user, signed_in.family_id), Act.SETUP_DONE, subject=user.id)
    log.info("setup_done", user_id=str(user.id))
    return signed_in
