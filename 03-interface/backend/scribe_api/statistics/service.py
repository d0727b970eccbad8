"""Count the meetings that the caller sees; every query reads an index, or a bounded number of rows."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Date, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from scribe.db.models import Meeting, MeetingStatus
from scribe.db.plans import prefer_steady_plans
from scribe_api.access.principals import Principal
from scribe_api.access.visibility import sees
from scribe_api.statistics.schemas import (
    Amount,
    Occurrence,
    OfDay,
    OfLanguage,
    RealTimeFactors,
    Statistics,
    StatisticsQuery,
)

DAYS = 30
MOST_FREQUENT = 20
NEWEST = 10_000
"""Of how many meetings tags and names are counted: unlike the totals they are in no index."""


class _Group(NamedTuple):
    status: MeetingStatus
    language: str | None
    meetings: int
    audio_seconds: float
    bytes: int
    processing_seconds: float
    processed_audio_seconds: float


async def read(session: AsyncSession, principal: Principal, asked: StatisticsQuery) -> Statistics:
    """The statistics of the meetings in the projects asked for, or in all that the caller sees."""
    await prefer_steady_plans(session)
    among = [sees(principal, Meeting.project_id)]
    if asked.project_id:
        among.append(Meeting.project_id.in_(asked.project_id))
    groups = await _groups(session, among)
    today = datetime.now(UTC).date()
    by_status: Counter[MeetingStatus] = Counter()
    for group in groups:
        by_status[group.status] += group.meetings
    processing = sum(group.processing_seconds for group in groups)
    processed = sum(group.processed_audio_seconds for group in groups)
    first = today - timedelta(days=DAYS - 1)
    return Statistics(
        **_amount(groups).model_dump(),
        by_status=dict(by_status),
        bytes=sum(group.bytes for group in groups),
        processing_seconds=processing,
        real_time_factor=RealTimeFactors(
            mean=processing / processed if processed else None,
            median=await _median_factor(session, among, first),
        ),
        days=await _days(session, among, first),
        languages=_languages(groups),
        tags=await _most_frequent(session, among, Meeting.tags),
        speakers=await _most_frequent(session, among, Meeting.speaker_names),
    )


async def _groups(session: AsyncSession, among: list[ColumnElement[bool]]) -> list[_Group]:
    done = Meeting.processing_seconds.is_not(None)
    rows = await session.execute(
        select(
            Meeting.status,
            Meeting.main_language,
            func.count(),
            func.coalesce(func.sum(Meeting.duration), 0.0),
            func.coalesce(func.sum(Meeting.size), 0),
            func.coalesce(func.sum(Meeting.processing_seconds), 0.0),
            func.coalesce(func.sum(Meeting.duration).filter(done), 0.0),
        )
        .where(*among)
        .group_by(Meeting.status, Meeting.main_language)
    )
    return [_Group._make(row) for row in rows]


def _amount(groups: Iterable[_Group]) -> Amount:
    every = list(groups)
    return Amount(
        meetings=sum(group.meetings for group in every),
        audio_seconds=sum(group.audio_seconds for group in every),
    )


def _languages(groups: list[_Group]) -> list[OfLanguage]:
    names = {group.language for group in groups}
    counted = [
        OfLanguage(language=name, **_amount(group for group in groups if group.language == name).model_dump())
        for name in names
    ]
    return sorted(counted, key=lambda each: (-each.meetings, each.language or ""))


async def _days(session: AsyncSession, among: list[ColumnElement[bool]], first: date) -> list[OfDay]:
    day = cast(func.timezone("UTC", Meeting.created_at), Date)
    rows = await session.execute(
        select(day, func.count(), func.coalesce(func.sum(Meeting.duration), 0.0))
        .where(*among, Meeting.created_at >= _midnight(first))
        .group_by(day)
    )
    counted = {of: (meetings, seconds) for of, meetings, seconds in rows}
    every = [first + timedelta(days=n) for n in range(DAYS)]
    return [
        OfDay(day=of, meetings=counted.get(of, (0, 0.0))[0], audio_seconds=counted.get(of, (0, 0.0))[1])
        for of in every
    ]


async def _median_factor(
    session: AsyncSession, among: list[ColumnElement[bool]], first: date
) -> float | None:
    factor = Meeting.processing_seconds / func.nullif(Meeting.duration, 0)
    return await session.scalar(
        select(func.percentile_cont(0.5).within_group(factor)).where(
            *among, Meeting.created_at >= _midnight(first)
        )
    )


async def _most_frequent(
    session: AsyncSession, among: list[ColumnElement[bool]], names: InstrumentedAttribute[list[str]]
) -> list[Occurrence]:
    newest = (
        select(names.label("names"))
        .where(*among)
        .order_by(Meeting.created_at.desc(), Meeting.id.desc())
        .limit(NEWEST)
        .subquery()
    )
    each = select(func.unnest(newest.c.names).label("name")).subquery()
    meetings = func.count()
    rows = await session.execute(
        select(each.c.name, meetings)
        .group_by(each.c.name)
        .order_by(meetings.desc(), each.c.name)
        .limit(MOST_FREQUENT)
    )
    return [Occurrence(name=name, meetings=count) for name, count in rows]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
