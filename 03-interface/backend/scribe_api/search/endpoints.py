"""HTTP for search."""

from typing import Annotated

from fastapi import APIRouter, Query

from scribe_api.access.deps import DbSession, Reader
from scribe_api.errors import InvalidCursor
from scribe_api.openapi import protected
from scribe_api.search import service
from scribe_api.search.errors import NothingToSearchFor
from scribe_api.search.schemas import SearchQuery, SearchResults

router = APIRouter(prefix="/search", tags=["search"])


@router.get("", responses=protected(NothingToSearchFor, InvalidCursor))
async def search_meetings(
    session: DbSession, principal: Reader, asked: Annotated[SearchQuery, Query()]
) -> SearchResults:
    """Find meetings by what was said in them, and by title, tags and notes; the best first.

    Words that occur very often are looked for in the newest meetings only: `total.exact` tells.
    """
    return await service.search(session, principal, asked)
