"""HTTP for health: is the process alive, and can it serve."""

from fastapi import APIRouter, Response

from scribe_api.access.deps import GatewayDep
from scribe_api.health import service
from scribe_api.health.schemas import Alive, Readiness

router = APIRouter(prefix="/health", tags=["operations"])


@router.get("/live")
async def read_liveness() -> Alive:
    """The process answers; it says nothing about its servers."""
    return Alive()


@router.get(
    "/ready",
    responses={503: {"model": Readiness, "description": "A server is away; the body says which."}},
)
async def read_readiness(gateway: GatewayDep, response: Response) -> Readiness:
    """The state of every server that the gateway stands on; 503 where one is down."""
    found = await service.readiness(gateway)
    if found.status != "ready":
        response.status_code = 503
    response.headers["Cache-Control"] = "no-store"
    return found
