"""Ask an Ollama server on the same GPU to let go of its memory before one of our models is loaded."""

import httpx
import structlog

log = structlog.get_logger(__name__)

_TIMEOUT_S = 10.0


async def free_memory(url: str) -> None:
    """Unload every model that the server holds (its API: ``keep_alive`` 0 unloads at once).

    A server that does not answer holds nothing up: the load that follows shows whether memory suffices.
    """
    try:
        async with httpx.AsyncClient(base_url=url, timeout=_TIMEOUT_S, trust_env=False) as client:
            answer = await client.get("/api/ps")
            answer.raise_for_status()
            loaded = [str(model["model"]) for model in answer.json()["models"]]
            for model in loaded:
                unload = await client.post("/api/generate", json={"model": model, "keep_alive": 0})
                unload.raise_for_status()
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        log.warning("llm_server_not_freed", url=url, reason=str(error))
        return
    if loaded:
        log.info("llm_server_freed", url=url, models=loaded)
