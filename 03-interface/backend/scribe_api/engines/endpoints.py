"""HTTP for engines: what there is to choose from."""

from fastapi import APIRouter

from scribe_api.access.deps import GatewayDep, Reader
from scribe_api.engines import service
from scribe_api.engines.schemas import EngineList
from scribe_api.errors import WorkersUnknown
from scribe_api.openapi import protected

router = APIRouter(prefix="/engines", tags=["engines"])


@router.get("", responses=protected(WorkersUnknown))
async def list_engines(gateway: GatewayDep, _: Reader) -> EngineList:
    """The engines and models of the workers that run now: which are ready, and why one is not."""
    return await service.every(gateway.presence)
