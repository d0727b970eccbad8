"""What a worker does with an engine, as a program, so that it can run in an environment of its own.

``python through_registry.py ENGINE RECORDING MODELS OPTIONS`` prints the engine's card and transcription.
"""

import asyncio
import json
import sys
from pathlib import Path

from scribe.models import ModelStore
from scribe.settings import EngineSettings
from scribe_worker.engines.base import Machine, TranscribeRequest
from scribe_worker.engines.card import worker_card
from scribe_worker.engines.host import EngineProcess
from scribe_worker.engines.registry import Registry


async def main(name: str, recording: str, models: str, options: str) -> None:
    """Resolve the engine, load it in a process of its own, and transcribe."""
    settings = EngineSettings(start_timeout_s=60, silent_timeout_s=30, threads=1)
    registry = Registry(ModelStore(Path(models)), settings, Machine())
    choice = registry.resolve("transcriber", name)
    engine = await EngineProcess.start(choice.kind, choice.name, settings, choice.plan)
    shares: list[float] = []
    try:
        await engine.load()
        request = TranscribeRequest(audio=Path(recording), options=json.loads(options))
        heard = await engine.transcribe(request, shares.append)
    finally:
        await engine.close()
    cards = [card.model_dump() for card in worker_card(registry).engines if card.name == name]
    answer = {"cards": cards, "heard": heard.model_dump(mode="json"), "shares": shares}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
