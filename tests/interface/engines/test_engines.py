"""Which engines there are, as the workers that run tell it."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from scribe.models.card import EngineCard, ModelCard, WorkerCard
from scribe.queue.presence import Presence
from scribe.settings import RedisSettings, Settings
from scribe_api.engines.service import every, merged
from scribe_api.errors import WorkersUnknown

LARGE = ModelCard(name="large-v3", default=True, translation=True, vocabulary=True)
TURBO = ModelCard(name="large-v3-turbo")
WHISPER = EngineCard(kind="transcriber", name="faster-whisper", ready=True, default=True, models=(LARGE,))
NO_MODEL = EngineCard(kind="diariser", name="pyannote", ready=False, reason="No pyannote model is installed.")

Tell = Callable[[str, WorkerCard], Awaitable[None]]


@pytest.fixture
async def tell(settings: Settings) -> AsyncIterator[Tell]:
    """Makes a worker that says what it has."""
    presence = Presence(settings.redis)

    async def renew(name: str, card: WorkerCard) -> None:
        await presence.renew("gpu", name, card.model_dump_json())

    yield renew
    await presence.close()


@pytest.mark.integration
async def test_engines_and_models_are_listed_as_the_worker_has_them(
    ada: httpx.AsyncClient, tell: Tell
) -> None:
    await tell("one", WorkerCard(engines=(NO_MODEL, WHISPER)))
    response = await ada.get("/engines")
    assert response.status_code == 200
    listed = response.json()
    assert (listed["workers"], listed["notice"]) == (1, None)
    whisper, pyannote = listed["engines"]
    assert (whisper["name"], whisper["ready"], whisper["default"], whisper["workers"]) == (
        "faster-whisper",
        True,
        True,
        1,
    )
    assert [(model["name"], model["translation"]) for model in whisper["models"]] == [("large-v3", True)]
    assert (pyannote["ready"], pyannote["reason"]) == (False, "No pyannote model is installed.")


@pytest.mark.integration
async def test_without_a_worker_the_list_says_why_it_is_empty(ada: httpx.AsyncClient) -> None:
    listed = (await ada.get("/engines")).json()
    assert (listed["engines"], listed["workers"]) == ([], 0)
    assert listed["notice"]["code"] == "NO_WORKER"


@pytest.mark.integration
async def test_a_worker_that_tells_nothing_is_counted_all_the_same(
    ada: httpx.AsyncClient, settings: Settings
) -> None:
    presence = Presence(settings.redis)
    await presence.renew("gpu", "silent")
    listed = (await ada.get("/engines")).json()
    assert (listed["engines"], listed["workers"], listed["notice"]) == ([], 1, None)
    await presence.close()


@pytest.mark.integration
async def test_only_who_is_signed_in_may_ask(client: httpx.AsyncClient) -> None:
    assert (await client.get("/engines")).status_code == 401


async def test_without_redis_nobody_knows() -> None:
    presence = Presence(RedisSettings(url="redis://127.0.0.1:1/0"))
    with pytest.raises(WorkersUnknown):
        await every(presence)
    await presence.close()


def test_an_engine_that_one_worker_can_run_is_ready_with_that_workers_models() -> None:
    broken = WHISPER.model_copy(update={"ready": False, "reason": "No GPU.", "models": (TURBO,)})
    (engine,) = merged([WorkerCard(engines=(broken,)), WorkerCard(engines=(WHISPER,))])
    assert (engine.ready, engine.reason, engine.workers) == (True, None, 1)
    assert [(model.name, model.ready, model.reason) for model in engine.models] == [
        ("large-v3", True, None),
        ("large-v3-turbo", False, "No GPU."),
    ]


BROKEN = LARGE.model_copy(update={"ready": False, "reason": "model.bin is cut off."})
NOTHING_READY = WHISPER.model_copy(update={"ready": False, "reason": "No model.", "models": (BROKEN,)})


@pytest.mark.parametrize("whole_first", [True, False])
@pytest.mark.parametrize(
    "other", [WHISPER.model_copy(update={"models": (BROKEN, TURBO)}), NOTHING_READY], ids=["ready", "not"]
)
def test_a_model_that_is_whole_on_one_worker_is_ready(other: EngineCard, whole_first: bool) -> None:
    cards = [WorkerCard(engines=(WHISPER,)), WorkerCard(engines=(other,))]
    (engine,) = merged(cards if whole_first else cards[::-1])
    large = next(model for model in engine.models if model.name == "large-v3")
    assert (large.ready, large.reason, large.translation) == (True, None, True)


@pytest.mark.parametrize(
    ("other", "ready"), [(WHISPER.model_copy(update={"models": (TURBO,)}), True), (NOTHING_READY, False)]
)
def test_a_model_that_is_broken_wherever_it_is_says_why(other: EngineCard, ready: bool) -> None:
    (engine,) = merged([WorkerCard(engines=(NOTHING_READY,)), WorkerCard(engines=(other,))])
    large = next(model for model in engine.models if model.name == "large-v3")
    assert engine.ready is ready
    assert (large.ready, large.reason) == (False, "model.bin is cut off.")


def test_the_models_of_all_workers_are_listed_once() -> None:
    both = WHISPER.model_copy(update={"models": (TURBO, LARGE)})
    (engine,) = merged([WorkerCard(engines=(WHISPER,)), WorkerCard(engines=(both,))])
    assert [model.name for model in engine.models] == ["large-v3", "large-v3-turbo"]
    assert engine.workers == 2


def test_two_engines_of_one_name_and_different_kinds_stay_apart() -> None:
    dummies = tuple(EngineCard(kind=kind, name="dummy", ready=True) for kind in ("diariser", "transcriber"))
    listed = merged([WorkerCard(engines=dummies)])
    assert [(engine.kind, engine.name) for engine in listed] == [
        ("transcriber", "dummy"),
        ("diariser", "dummy"),
    ]
