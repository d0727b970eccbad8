"""Lists of meetings: filtered, in one of several orders, page by page."""

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, StringConstraints, TypeAdapter
from sqlalchemy import ColumnElement, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from scribe.db.models import Meeting
from scribe.search import beginning_with
from scribe.settings import QuotaSettings
from scribe_api.access.principals import Principal
from scribe_api.access.visibility import visible_meetings
from scribe_api.meetings import cursor, service
from scribe_api.meetings.cursor import CURSOR_LENGTH
from scribe_api.meetings.expiry import expiries
from scribe_api.meetings.filters import MeetingFilters, Moment, Seconds
from scribe_api.meetings.schemas import MeetingPage, MeetingRead
from scribe_api.schemas import Line


class Sort(StrEnum):
    """The orders there are; a minus turns one round."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    TITLE_DOWN = "-title"
    DURATION = "duration"
    DURATION_DOWN = "-duration"


class MeetingQuery(MeetingFilters):
    """Which meetings are listed, in which order and from where."""

    q: Annotated[Line, StringConstraints(max_length=200)] | None = Field(
        default=None, description="Only where the title has words that begin so, in any order."
    )
    sort: Sort = Field(default=Sort.NEWEST, description="Titles by letters, without case or accents.")
    cursor: Annotated[str, StringConstraints(max_length=CURSOR_LENGTH)] | None = Field(
        default=None, description="`next_cursor` of the page before, asked for with the same filters."
    )
    limit: Annotated[int, Field(ge=1, le=200)] = 50

    def conditions(self) -> list[ColumnElement[bool]]:
        """As those of the filters, with the words of the title."""
        words = beginning_with(self.q, weight="A") if self.q else None
        of_title = [] if words is None else [Meeting.search.bool_op("@@")(words)]
        return super().conditions() + of_title


_TitleKey = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]
_Place = tuple[Any, uuid.UUID]


@dataclass(frozen=True)
class _Order:
    column: InstrumentedAttribute[Any]
    place: TypeAdapter[_Place]
    descending: bool

    def columns(self) -> list[ColumnElement[Any]]:
        both = self.column.expression, Meeting.id.expression
        return [column.desc() if self.descending else column.asc() for column in both]

    def after(self, place: _Place) -> ColumnElement[bool]:
        row = tuple_(self.column, Meeting.id)
        return row < place if self.descending else row > place


_BY_TIME = TypeAdapter[_Place](tuple[Moment, uuid.UUID])
_BY_TITLE = TypeAdapter[_Place](tuple[_TitleKey, uuid.UUID])
_BY_DURATION = TypeAdapter[_Place](tuple[Seconds, uuid.UUID])
_ORDERS = {
    Sort.NEWEST: _Order(Meeting.created_at, _BY_TIME, descending=True),
    Sort.OLDEST: _Order(Meeting.created_at, _BY_TIME, descending=False),
    Sort.TITLE: _Order(Meeting.title_key, _BY_TITLE, descending=False),
    Sort.TITLE_DOWN: _Order(Meeting.title_key, _BY_TITLE, descending=True),
    Sort.DURATION: _Order(Meeting.duration_key, _BY_DURATION, descending=False),
    Sort.DURATION_DOWN: _Order(Meeting.duration_key, _BY_DURATION, descending=True),
}


async def page(
    session: AsyncSession, settings: QuotaSettings, principal: Principal, asked: MeetingQuery
) -> MeetingPage:
    """Up to ``limit`` of the meetings that the caller may see, after the cursor. Raises InvalidCursor."""
    order = _ORDERS[asked.sort]
    query = visible_meetings(principal).where(*asked.conditions()).order_by(*order.columns())
    if asked.cursor is not None:
        query = query.where(order.after(cursor.decode(asked.cursor, asked, order.place)))
    found = (await session.scalars(query.limit(asked.limit + 1))).all()
    shown = found[: asked.limit]
    newest = await service.newest_jobs(session, [meeting.id for meeting in shown])
    expires = await expiries(session, settings, shown)
    following = None
    if len(found) > len(shown):
        following = cursor.encode(asked, (getattr(shown[-1], order.column.key), shown[-1].id))
    return MeetingPage(
        items=[MeetingRead.of(meeting, newest.get(meeting.id), expires[meeting.id]) for meeting in shown],
        next_cursor=following,
    )
