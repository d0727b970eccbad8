"""Ask an Ollama server on the same GPU to let go of its memory before one of our models is loaded."""

import asyncio

import httpx
import structlog

log = structlog.get_logger(__name__)

_TIMEOUT_S = 10.0
_LOOKS, _LOOK_S = 20, 0.25
"""How often, and how far apart, it is looked whether the models are really gone."""


async def free_memory(url: str) -> None:
    """Have every model unloaded that the server holds (``keep_alive`` 0 does that), and wait until it is.

    A server that does not answer holds nothing up: the load that follows shows whether memory suffices.
    """
    try:
        async with httpx.AsyncClient(base_url=url, timeout=_TIMEOUT_S, trust_env=False) as client:
            loaded = await _loaded(client)
            for model in loaded:
                unload = await client.post("/api/generate", json={"model": model, "keep_alive": 0})
                unload.raise_for_status()
            await _until_gone(client)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
        log.warning("llm_server_not_freed", url=url, reason=str(error))
        return
    if loaded:
        log.info("llm_server_freed", url=url, models=loaded)


async def _loaded(client: httpx.AsyncClient) -> list[str]:
    answer = await client.get("/api/ps")
    answer.raise_for_status()
    return [str(model["model"]) for model in answer.json()["models"]]


async def _until_gone(client: httpx.AsyncClient) -> None:
    for _ in range(_LOOKS):
        if not await _loaded(client):
            return
        await asyncio.sleep(_LOOK_S)
