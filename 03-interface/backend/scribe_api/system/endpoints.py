"""HTTP for the state of the instance."""

from fastapi import APIRouter

from scribe_api.access.deps import DbSession, GatewayDep, Operator
from scribe_api.errors import OperatorsOnly
from scribe_api.openapi import protected
from scribe_api.system import service
from scribe_api.system.schemas import SystemRead

router = APIRouter(prefix="/system", tags=["operations"])


@router.get("", responses=protected(OperatorsOnly))
async def read_system(gateway: GatewayDep, session: DbSession, person: Operator) -> SystemRead:
    """Servers, workers and what they do, the queue, the storage; for operators and administrators."""
    return await service.read(gateway, session, person)
