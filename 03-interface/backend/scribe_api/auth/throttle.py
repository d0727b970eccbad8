"""Wrong passwords make the next try wait: longer each time, for whoever guesses and not for the owner.

A device or an address that signed in to the account before has a counter of its own, which nobody else
can drive up. Strangers are counted by address, by address and account together, and by account: those of
one account wait for one another for some seconds only, so that an owner who comes from a new address gets
in between. A counter is driven up before the password is looked at, in one statement, so any number of
tries at once, on any number of instances, are no more than as many one after the other.
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, case, cast, delete, extract, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import RefreshSession, Throttle, User
from scribe.settings import ThrottleSettings
from scribe_api.auth.errors import TooManyAttempts
from scribe_api.auth.visitor import Visitor
from scribe_api.security import DeviceTokens

MOST_DOUBLINGS = 30


@dataclass(frozen=True)
class Counter:
    """What is counted. ``shared``: several people's tries go here, so one who gets in clears only his own."""

    key: str
    free_tries: int
    longest_delay_s: float
    shared: bool = False


async def counters(
    session: AsyncSession, email: str, visitor: Visitor, devices: DeviceTokens, settings: ThrottleSettings
) -> tuple[Counter, ...]:
    """Where a try to sign in as ``email`` counts; the same for accounts that exist and those that do not."""
    user_id = await session.scalar(select(User.id).where(User.email == email))
    device = devices.read(visitor.device, user_id) if visitor.device else None
    if device is not None:
        return (_counter("device", device, settings),)
    was_here = select(RefreshSession.id).join(User, User.id == RefreshSession.user_id)
    was_here = was_here.where(User.email == email, RefreshSession.address == visitor.address)
    if await session.scalar(was_here.limit(1)) is not None:
        return (_counter("known", f"{email} {visitor.address}", settings),)
    here = visitor.neighbourhood
    return (
        Counter(_key("account", email), settings.free_tries, settings.account_delay_s),
        _counter("stranger", f"{email} {here}", settings),
        Counter(_key("address", here), settings.address_free_tries, settings.longest_delay_s, shared=True),
    )


def counter_of_person(user_id: uuid.UUID, settings: ThrottleSettings) -> tuple[Counter, ...]:
    """Where it counts when somebody who is signed in says the current password."""
    return (_counter("person", str(user_id), settings),)


def counter_of_setup(visitor: Visitor, settings: ThrottleSettings) -> tuple[Counter, ...]:
    """Where it counts when somebody offers the code of the first run."""
    return (_counter("setup", visitor.neighbourhood, settings),)


async def count(session: AsyncSession, counted: Sequence[Counter], settings: ThrottleSettings) -> None:
    """Count one more try, which is taken back by ``forgive``. Raises TooManyAttempts, counting nothing."""
    ordered = sorted(counted, key=lambda one: one.key)  # all lock them in the same order
    for place, counter in enumerate(ordered):
        now = func.clock_timestamp()
        forgotten = cast(extract("epoch", now - Throttle.counted_at) / settings.forget_s, Integer)
        failures = func.greatest(Throttle.failures - forgotten, 0) + 1
        doublings = func.least(failures - counter.free_tries, MOST_DOUBLINGS)
        delay_s = func.least(settings.first_delay_s * func.power(2.0, doublings), counter.longest_delay_s)
        waits = case((failures < counter.free_tries, 0.0), else_=delay_s)
        first_delay_s = min(settings.first_delay_s, counter.longest_delay_s)
        first_waits = first_delay_s if counter.free_tries == 1 else 0.0
        counting = (
            insert(Throttle)
            .values(key=counter.key, failures=1, counted_at=now, not_before=now + _seconds(first_waits))
            .on_conflict_do_update(
                index_elements=[Throttle.key],
                set_={"failures": failures, "counted_at": now, "not_before": now + _seconds(waits)},
                where=Throttle.not_before <= now,
            )
            .returning(Throttle.key)
        )
        if await session.scalar(counting) is None:
            uncounted = [other.key for other in ordered[place:]]
            longest = select(func.max(extract("epoch", Throttle.not_before - now)))
            wait_s = await session.scalar(longest.where(Throttle.key.in_(uncounted)))
            raise TooManyAttempts(wait_s=float(wait_s or 0))


async def forgive(session: AsyncSession, counted: Sequence[Counter]) -> None:
    """The password was right: forget the counters, and this one try where others' tries count as well."""
    for counter in sorted(counted, key=lambda one: one.key):
        this = Throttle.key == counter.key
        if counter.shared:
            take_back = {"failures": func.greatest(Throttle.failures - 1, 0), "not_before": func.now()}
            await session.execute(update(Throttle).where(this).values(take_back))
        else:
            await session.execute(delete(Throttle).where(this))


def _counter(kind: str, subject: str, settings: ThrottleSettings) -> Counter:
    return Counter(_key(kind, subject), settings.free_tries, settings.longest_delay_s)


def _key(kind: str, subject: str) -> str:
    return hashlib.sha256(f"{kind} {subject}".encode()).hexdigest()


def _seconds(number: object) -> object:
    return func.make_interval(0, 0, 0, 0, 0, 0, literal(number) if isinstance(number, float) else number)
