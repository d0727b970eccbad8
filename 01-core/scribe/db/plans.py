"""Plans that stay good when the tables are large, for queries whose cost PostgreSQL misjudges."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_STEADY = text(
    "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),"
    " set_config('plan_cache_mode', 'force_custom_plan', true)"
)


async def prefer_steady_plans(session: AsyncSession) -> None:
    """For the rest of the transaction: by index, planned for the values given, and not compiled.

    How rare a word is the planner cannot know where its statistics end, and a plan that is good on average
    reads the whole table for the word that is not. Compiling takes longer than such queries run.
    """
    await session.execute(_STEADY)
