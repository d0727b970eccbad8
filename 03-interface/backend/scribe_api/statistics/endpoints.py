"""HTTP for statistics."""

from typing import Annotated

from fastapi import APIRouter, Query

from scribe_api.access.deps import DbSession, Reader
from scribe_api.openapi import protected
from scribe_api.statistics import service
from scribe_api.statistics.schemas import Statistics, StatisticsQuery

router = APIRouter(prefix="/statistics", tags=["statistics"])


@router.get("", responses=protected())
async def read_statistics(
    session: DbSession, principal: Reader, asked: Annotated[StatisticsQuery, Query()]
) -> Statistics:
    """What the meetings of your projects amount to; administrators see everybody's."""
    return await service.read(session, principal, asked)
