"""Find meetings by what was said in them or written about them."""

import asyncio
import uuid
from collections.abc import Sequence

from pydantic import TypeAdapter
from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Meeting, Project, Segment
from scribe.search import Resolved, parse, resolve
from scribe_api.access.principals import Principal
from scribe_api.access.visibility import sees
from scribe_api.meetings import cursor
from scribe_api.search.candidates import Candidate, Place, Search, Way
from scribe_api.search.errors import NothingToSearchFor
from scribe_api.search.highlighting import Highlighter, Passage
from scribe_api.search.schemas import Hit, SearchQuery, SearchResults, SegmentHit, Snippet, Total

OF_TITLES = ("fr", "en")
"""Nobody says what language titles and notes are in; the index stems them in both."""
NOTES_SEARCHED = 5_000
"""Characters of the notes in which words are marked; the index knows them all."""
_PLACE = TypeAdapter(Place)


async def search(session: AsyncSession, principal: Principal, asked: SearchQuery) -> SearchResults:
    """The meetings that match, the best first. Raises NothingToSearchFor and InvalidCursor."""
    after = cursor.decode(asked.cursor, asked, _PLACE) if asked.cursor else None
    sought = await resolve(session, parse(asked.q))
    if not sought.words:
        raise NothingToSearchFor
    at = after.at if after else (await session.execute(select(func.now()))).scalar_one()
    way, found, exact = await Search(session, principal, asked, sought.words, at).find(after)
    shown = found[: asked.limit]
    following = None
    if len(found) > len(shown):
        last = Place(way, at, shown[-1].score, shown[-1].meeting_id)
        following = cursor.encode(asked, last)
    total = found[0].total if found else 0
    return SearchResults(
        total=Total(count=total, exact=exact),
        items=await _hits(session, principal, asked, sought, shown, way) if shown else [],
        next_cursor=following,
    )


async def _hits(
    session: AsyncSession,
    principal: Principal,
    asked: SearchQuery,
    sought: Resolved,
    found: Sequence[Candidate],
    way: Way,
) -> list[Hit]:
    ids = [candidate.meeting_id for candidate in found]
    visible = Meeting.id.in_(ids), sees(principal, Meeting.project_id)
    rows = await session.execute(select(Meeting, Project.name).join(Project).where(*visible))
    meetings = {meeting.id: (meeting, project) for meeting, project in rows}
    said = await _best_segments(session, asked, sought, ids, way)
    silent = {candidate.meeting_id for candidate in found if not candidate.matches}
    texts = [meeting.title for meeting, _ in meetings.values()]
    texts += [meeting.notes[:NOTES_SEARCHED] for meeting, _ in meetings.values() if meeting.id in silent]
    passages: set[Passage] = {(segment.text, segment.language) for segment in said}
    passages |= {(text, language) for text in texts for language in OF_TITLES}
    highlighter = await Highlighter.of(session, parse(asked.q), sought, passages)
    shown = [
        (candidate, *meetings[candidate.meeting_id])
        for candidate in found
        if candidate.meeting_id in meetings
    ]
    return await asyncio.to_thread(lambda: [_hit(*hit, said, highlighter) for hit in shown])


async def _best_segments(
    session: AsyncSession, asked: SearchQuery, sought: Resolved, ids: list[uuid.UUID], way: Way
) -> list[Segment]:
    """Of each meeting the segments that match best, by time."""
    words = literal(sought.words, TSQUERY)
    columns = Segment.meeting_id, Segment.segment_id, Segment.search
    among = select(*columns).where(Segment.meeting_id.in_(ids))
    if asked.speaker:
        among = among.where(Segment.speaker == asked.speaker)
    # OFFSET 0 keeps the planner from asking the index for a common word in all meetings there are.
    said = among.offset(0 if way is Way.NEWEST else None).subquery()
    place = func.row_number().over(
        partition_by=said.c.meeting_id,
        order_by=[func.ts_rank(said.c.search, words).desc(), said.c.segment_id],
    )
    matching = select(said.c.meeting_id, said.c.segment_id, place.label("place"))
    best = matching.where(said.c.search.bool_op("@@")(words)).subquery()
    same = (Segment.meeting_id == best.c.meeting_id) & (Segment.segment_id == best.c.segment_id)
    rows = await session.scalars(
        select(Segment)
        .join(best, same)
        .where(best.c.place <= asked.segments)
        .order_by(Segment.start, Segment.segment_id)
    )
    return list(rows)


def _hit(
    candidate: Candidate, meeting: Meeting, project: str, said: list[Segment], highlighter: Highlighter
) -> Hit:
    title = highlighter.snippet(meeting.title, *OF_TITLES)
    return Hit(
        meeting_id=meeting.id,
        project_id=meeting.project_id,
        project=project,
        title=title,
        notes=_notes(meeting, highlighter) if not candidate.matches and not title.ranges else None,
        tags=meeting.tags,
        language=meeting.main_language,
        duration=meeting.duration,
        created_at=meeting.created_at,
        score=candidate.score,
        matches=candidate.matches,
        segments=[
            SegmentHit(
                segment_id=segment.segment_id,
                start=segment.start,
                end=segment.end,
                speaker=segment.speaker,
                language=segment.language,
                snippet=highlighter.snippet(segment.text, segment.language),
            )
            for segment in said
            if segment.meeting_id == meeting.id
        ],
    )


def _notes(meeting: Meeting, highlighter: Highlighter) -> Snippet | None:
    snippet = highlighter.snippet(meeting.notes[:NOTES_SEARCHED], *OF_TITLES)
    return snippet if snippet.ranges else None
