"""Note which objects are to be deleted, and delete them later, whatever dies in between."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ARRAY, Text, cast, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import Database
from scribe.db.models import Deletion
from scribe.storage import ObjectStore

BATCH = 100
LATE_WRITERS = timedelta(minutes=1)
"""How long a worker that was just told to stop may still write."""


async def note(session: AsyncSession, prefix: str, after: timedelta = LATE_WRITERS) -> None:
    """Have everything below the prefix deleted after that time, unless it is withdrawn."""
    await note_all(session, [prefix], after)


async def note_all(session: AsyncSession, prefixes: Sequence[str], after: timedelta = LATE_WRITERS) -> None:
    """The same for many prefixes at once."""
    each = func.unnest(cast(list(prefixes), ARRAY(Text)))
    wanted = insert(Deletion).from_select(
        [Deletion.prefix, Deletion.not_before], select(each, func.now() + after)
    )
    await session.execute(
        wanted.on_conflict_do_update(
            index_elements=[Deletion.prefix], set_={"not_before": wanted.excluded.not_before}
        )
    )


async def withdraw(session: AsyncSession, prefix: str) -> bool:
    """Keep the objects after all; False when their deletion has already begun."""
    withdrawn = await session.execute(
        delete(Deletion).where(Deletion.prefix == prefix).returning(Deletion.prefix)
    )
    return withdrawn.first() is not None


async def sweep(database: Database, store: ObjectStore) -> int:
    """Delete what is due; returns how many objects that were. Raises the errors of ``scribe.storage``.

    The row stays locked while its objects go, so an upload that withdraws it meanwhile waits, and learns
    that it came too late.
    """
    objects = 0
    for _ in range(BATCH):
        async with database.transaction() as session:
            due = await session.scalar(
                select(Deletion)
                .where(Deletion.not_before <= func.now())
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            if due is None:
                return objects
            objects += await store.delete_prefix(due.prefix)
            await session.delete(due)
    return objects
