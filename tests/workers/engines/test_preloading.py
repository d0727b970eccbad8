import asyncio
from pathlib import Path

import pytest

from scribe_worker.engines.choice import Choice
from scribe_worker.engines.errors import EngineUnavailable
from scribe_worker.engines.preloading import preloading
from scribe_worker.engines.residency import Residency
from workers.engines.pretended import pretended

DIARISER = Choice("diariser", "dummy")
TRANSCRIBER = Choice("transcriber", "dummy")


async def test_a_model_loads_while_its_user_does_something_else(residency: Residency) -> None:
    async with preloading(residency, DIARISER):
        await asyncio.sleep(0)

    async with residency.use(DIARISER) as loan:
        assert loan.loaded == 0


async def test_nothing_is_loaded_under_the_nose_of_who_uses_a_model(residency: Residency) -> None:
    async with residency.use(TRANSCRIBER) as loan:
        async with preloading(residency, DIARISER):
            await asyncio.sleep(0.2)
        assert loan.engine.alive

    async with residency.use(DIARISER) as loan:
        assert loan.loaded > 0


async def test_a_model_that_does_not_load_is_told_to_its_user_only(residency: Residency) -> None:
    nobody = Choice("diariser", "nobody")
    async with preloading(residency, nobody):
        pass

    with pytest.raises(EngineUnavailable):
        async with residency.use(nobody):
            pass


async def test_nobody_waits_for_a_model_when_the_work_before_it_failed(
    residency: Residency, tmp_path: Path
) -> None:
    slow = pretended(tmp_path, "diariser", load_s=60)

    async def convert() -> None:
        async with preloading(residency, slow):
            await asyncio.sleep(0.5)
            raise ValueError("unreadable")

    async with asyncio.timeout(30):
        with pytest.raises(ValueError, match="unreadable"):
            await convert()

    assert residency.idle
