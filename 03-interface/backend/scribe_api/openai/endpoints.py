"""HTTP for programs that were written for OpenAI's audio API."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from scribe_api.access.deps import DetachedPrincipal, DetachedReader, GatewayDep
from scribe_api.openai import service
from scribe_api.openai.catalogue import Catalogue
from scribe_api.openai.documents import ANSWERS, FORM, MODEL_ERRORS, ONE_MODEL_ERRORS
from scribe_api.openai.schemas import Model, ModelList

router = APIRouter(tags=["openai"])

ModelName = Annotated[str, Path(max_length=200)]


@router.post("/audio/transcriptions", response_class=Response, responses=ANSWERS, openapi_extra=FORM)
async def create_transcription(
    request: Request, gateway: GatewayDep, principal: DetachedPrincipal
) -> Response:
    """Hand in a recording and wait for its transcript; it is kept as a meeting unless `keep` is false."""
    return await service.transcribe(gateway, principal, request, "transcribe")


@router.post("/audio/translations", response_class=Response, responses=ANSWERS, openapi_extra=FORM)
async def create_translation(request: Request, gateway: GatewayDep, principal: DetachedPrincipal) -> Response:
    """The same in English, where the engine can translate."""
    return await service.transcribe(gateway, principal, request, "translate")


@router.get("/models", responses=MODEL_ERRORS)
async def list_models(gateway: GatewayDep, _: DetachedReader) -> ModelList:
    """The names that a request may use: OpenAI's, and those of the engines and models that are here."""
    return ModelList(data=(await Catalogue.now(gateway)).models())


@router.get("/models/{model}", responses=ONE_MODEL_ERRORS)
async def read_model(model: ModelName, gateway: GatewayDep, _: DetachedReader) -> Model:
    """One of them."""
    return (await Catalogue.now(gateway)).model(model)
