"""Tell what is used of which limit, and set limits."""

from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Project, User
from scribe.settings import QuotaSettings
from scribe_api.access.principals import Person
from scribe_api.audit.trail import Act, note
from scribe_api.quotas.consumption import SECONDS, by_month, open_jobs, seconds_this_month, stored_bytes
from scribe_api.quotas.limits import holder
from scribe_api.quotas.schemas import BytesUse, JobsUse, LimitsBody, MinutesUse, MonthUse, UsageRead

MONTHS = 12


async def usage(session: AsyncSession, settings: QuotaSettings, row: Project | User) -> UsageRead:
    """What the project holds, or the account handed in over all projects."""
    whose = holder(row, settings)
    running, waiting = await open_jobs(session, whose)
    return UsageRead(
        bytes=BytesUse(used=await stored_bytes(session, whose), limit=whose.limits.max_bytes),
        minutes_this_month=MinutesUse(
            used=_minutes(await seconds_this_month(session, whose)), limit=whose.limits.max_minutes_month
        ),
        jobs=JobsUse(running=running, waiting=waiting, limit=whose.limits.max_jobs),
        max_upload_bytes=whose.limits.max_upload_bytes,
        max_duration_s=whose.limits.max_duration_s,
        months=[
            MonthUse(
                month=month.name,
                recordings=month.recordings,
                minutes=_minutes(month.seconds),
                bytes=month.size,
            )
            for month in await by_month(session, whose, MONTHS)
        ],
    )


async def set_limits(
    session: AsyncSession, person: Person, row: Project | User, wanted: LimitsBody
) -> LimitsBody:
    """Replace the row's own limits; what is over them already stays, and nothing more comes in."""
    for name, value in wanted.model_dump().items():
        setattr(row, name, value)
    await session.flush()
    note(
        session,
        person,
        Act.LIMITS_CHANGED,
        project_id=row.id if isinstance(row, Project) else None,
        subject=row.id,
        **wanted.model_dump(mode="json"),
    )
    return LimitsBody.of(row)


def _minutes(seconds: float) -> float:
    return round(seconds / SECONDS, 2)
