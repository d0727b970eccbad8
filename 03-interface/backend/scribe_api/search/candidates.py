"""Which meetings match, and how well: by the index for what is rare, newest first for what is common.

Ranking needs every match. For a word of every second segment that would be a million rows, so beyond
``RARE`` matches the newest meetings are walked through instead until ``RANKED`` of them match.
"""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel, Field, TypeAdapter
from sqlalchemy import (
    ARRAY,
    REAL,
    ColumnElement,
    Double,
    Integer,
    Numeric,
    Select,
    Subquery,
    cast,
    func,
    literal,
    or_,
    select,
    text,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from scribe.db.models import Meeting, Segment
from scribe.db.plans import prefer_steady_plans
from scribe_api.access.principals import Principal
from scribe_api.access.visibility import sees
from scribe_api.meetings.filters import Moment
from scribe_api.search.schemas import SearchQuery

RARE = 10_000
"""Matching segments that are ranked within some 50 ms on one core."""
COUNTED = 50_000
"""Expected matches up to which it is worth counting whether they are as many: of words that are common apart
few segments may have all."""
RANKED = 200
WALKED = 2_000
WALKED_S = 1_000_000.0
"""Meetings, and seconds of them, looked through before giving up: there may be nothing more to find."""

# Weights D to A: a stem, a note, a tag, a word as it was typed.
_WEIGHTS = cast([0.2, 0.4, 0.7, 1.0], ARRAY(REAL))
_TITLE_COUNTS = 2.0
_EACH_MATCH_COUNTS = 0.05

_EXPECTED = text("EXPLAIN (FORMAT JSON) SELECT FROM segments WHERE search @@ CAST(:words AS tsquery)")
Searched = InstrumentedAttribute[str] | ColumnElement[str]


class _Plan(BaseModel):
    rows: int = Field(alias="Plan Rows")


class _Explained(BaseModel):
    plan: _Plan = Field(alias="Plan")


_PLANS = TypeAdapter(list[_Explained])


class Way(StrEnum):
    """How candidates are found."""

    INDEX = "index"
    NEWEST = "newest"


class Place(NamedTuple):
    """Where a page ends: at this candidate among the meetings that were there at that time."""

    way: Way
    at: Moment
    score: float
    meeting_id: uuid.UUID


class Candidate(NamedTuple):
    """A meeting that matches; ``total`` is how many were ranked."""

    meeting_id: uuid.UUID
    score: float
    matches: int
    total: int


class Found(NamedTuple):
    """The best candidates; where not ``exact``, more meetings may match than were ranked."""

    way: Way
    candidates: list[Candidate]
    exact: bool


class Search:
    """One search in one transaction, among the meetings that were there ``at`` that time.

    ``words``: a tsquery as PostgreSQL writes it.
    """

    def __init__(
        self, session: AsyncSession, principal: Principal, asked: SearchQuery, words: str, at: datetime
    ) -> None:
        self._session = session
        self._words = literal(words, TSQUERY)
        self._limit = asked.limit
        self._of_segment = [Segment.speaker == asked.speaker] if asked.speaker else []
        self._of_meeting = [
            sees(principal, Meeting.project_id),
            Meeting.created_at <= at,
            *asked.conditions(),
        ]

    async def find(self, after: Place | None) -> Found:
        """The best candidates after the place, one more than the page holds where there are more."""
        await prefer_steady_plans(self._session)
        # Cursors are not secret: one that says INDEX is believed only where that is the way by now too.
        way = Way.NEWEST if after and after.way is Way.NEWEST else await self._way()
        found = await self._best(way, after)
        if way is Way.INDEX:
            return Found(way, found, exact=True)
        all_ranked = not found or found[0].total < RANKED
        return Found(way, found, exact=all_ranked and not await self._is_cut_short())

    async def _way(self) -> Way:
        """By the index if at most ``RARE`` segments, and as many titles, match, whoever may see them."""
        explained = await self._session.scalar(_EXPECTED, {"words": self._words.value})
        [plan] = _PLANS.validate_python(explained)
        if plan.plan.rows > COUNTED:
            return Way.NEWEST
        some = [
            select(literal(1)).where(self._matches(searched)).limit(RARE + 1).subquery()
            for searched in (Segment.search, Meeting.search)
        ]
        counts = [select(func.count()).select_from(each).scalar_subquery() for each in some]
        most = (await self._session.execute(select(func.greatest(*counts)))).scalar_one()
        return Way.INDEX if most <= RARE else Way.NEWEST

    async def _is_cut_short(self) -> bool:
        """Whether there are older meetings than those that were walked through."""
        recent = self._recent()
        walked = select(func.count()).select_from(recent).where(recent.c.before < WALKED_S)
        some = select(Meeting.id).where(*self._of_meeting).limit(WALKED + 1).subquery()
        there = select(func.count()).select_from(some)
        query = select(there.scalar_subquery() > walked.scalar_subquery())
        return (await self._session.execute(query)).scalar_one()

    async def _best(self, way: Way, after: Place | None) -> list[Candidate]:
        ranked = (self._indexed() if way is Way.INDEX else self._newest()).subquery()
        query = select(ranked).order_by(ranked.c.score.desc(), ranked.c.meeting_id.desc())
        if after is not None:
            query = query.where(tuple_(ranked.c.score, ranked.c.meeting_id) < (after.score, after.meeting_id))
        rows = await self._session.execute(query.limit(self._limit + 1))
        return [Candidate(*row) for row in rows]

    def _indexed(self) -> Select[Any]:
        """Every meeting with a match, by the full-text indexes."""
        spoken = (
            select(
                Segment.meeting_id,
                func.max(self._rank(Segment.search)).label("rank"),
                func.count().label("matches"),
            )
            .where(self._matches(Segment.search), *self._of_segment)
            .group_by(Segment.meeting_id)
            .cte("spoken")
            .prefix_with("MATERIALIZED")
        )
        of_segments = select(Meeting.id, spoken.c.rank, spoken.c.matches).join(
            spoken, spoken.c.meeting_id == Meeting.id
        )
        of_titles = select(Meeting.id, self._rank_of_title(Meeting.search), literal(0)).where(
            self._matches(Meeting.search)
        )
        both = union_all(of_segments.where(*self._of_meeting), of_titles.where(*self._of_meeting)).subquery()
        matches = func.sum(both.c.matches)
        return select(
            both.c.id.label("meeting_id"),
            _score(func.max(both.c.rank), matches),
            cast(matches, Integer).label("matches"),
            func.count().over().label("total"),
        ).group_by(both.c.id)

    def _newest(self) -> Select[Any]:
        """The newest meetings that match, found by looking through one after the other."""
        recent = self._recent()
        # A filter, not a condition: the planner would ask the full-text index again for every meeting.
        matching = self._matches(Segment.search)
        spoken = (
            select(
                func.count().filter(matching).label("matches"),
                func.max(self._rank(Segment.search)).filter(matching).label("rank"),
            )
            .where(Segment.meeting_id == recent.c.id, *self._of_segment)
            .lateral()
        )
        batch = (
            select(
                recent.c.id,
                spoken.c.matches,
                func.greatest(spoken.c.rank, self._rank_of_title(recent.c.search)).label("rank"),
            )
            .join(spoken, true())
            .where(recent.c.before < WALKED_S, or_(spoken.c.matches > 0, self._matches(recent.c.search)))
            .order_by(recent.c.created_at.desc(), recent.c.id.desc())
            .limit(RANKED)
            .subquery()
        )
        return select(
            batch.c.id.label("meeting_id"),
            _score(batch.c.rank, batch.c.matches),
            batch.c.matches,
            func.count().over().label("total"),
        )

    def _recent(self) -> Subquery:
        """The newest meetings; ``before``: the seconds of all that are newer still."""
        newest_first = Meeting.created_at.desc(), Meeting.id.desc()
        until = func.sum(Meeting.duration_key).over(order_by=newest_first, rows=(None, 0))
        before = (until - Meeting.duration_key).label("before")
        walk = select(Meeting.id, Meeting.created_at, Meeting.search, before).where(*self._of_meeting)
        return walk.order_by(*newest_first).limit(WALKED).subquery()

    def _matches(self, searched: Searched) -> ColumnElement[bool]:
        return searched.bool_op("@@")(self._words)

    def _rank(self, searched: Searched) -> ColumnElement[float]:
        return func.ts_rank(_WEIGHTS, searched, self._words, type_=Double)

    def _rank_of_title(self, searched: Searched) -> ColumnElement[float]:
        return self._rank(searched) * _TITLE_COUNTS


def _score(rank: ColumnElement[float], matches: ColumnElement[int]) -> ColumnElement[float]:
    """What candidates are sorted by, in so few digits that a cursor holds it exactly."""
    score = rank + _EACH_MATCH_COUNTS * func.ln(1 + matches)
    return cast(func.round(cast(score, Numeric), 6), Double).label("score")
