"""HTTP for the first run: is an administrator missing, and who is it going to be."""

from fastapi import APIRouter, Response

from scribe_api.access.deps import DbSession, GatewayDep
from scribe_api.auth.answers import signed_in_answer
from scribe_api.auth.errors import SignInBusy, TooManyAttempts
from scribe_api.auth.schemas import TokenPair
from scribe_api.auth.visitor import CurrentVisitor
from scribe_api.errors import EmailTaken
from scribe_api.openapi import errors
from scribe_api.setup import service
from scribe_api.setup.errors import SetupCodeWrong, SetupDone
from scribe_api.setup.schemas import SetupCreate, SetupRead

router = APIRouter(prefix="/setup", tags=["setup"])


@router.get("", responses=errors())
async def read_setup(session: DbSession) -> SetupRead:
    """Whether there is no administrator yet."""
    return SetupRead(needed=await service.is_needed(session))


@router.post(
    "",
    status_code=201,
    responses=errors(SetupDone, SetupCodeWrong, EmailTaken, TooManyAttempts, SignInBusy),
)
async def set_up(
    body: SetupCreate, response: Response, gateway: GatewayDep, visitor: CurrentVisitor
) -> TokenPair:
    """Make the first administrator and sign in; the answer and the cookies are those of a sign-in.

    After some wrong codes each further try has to wait, as with wrong passwords.
    """
    return signed_in_answer(gateway, response, await service.set_up(gateway, body, visitor))
