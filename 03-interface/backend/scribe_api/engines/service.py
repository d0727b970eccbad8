"""Ask the live workers what they have, and make one list of it."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence

import structlog
from pydantic import ValidationError
from redis.exceptions import RedisError

from scribe.models.card import EngineCard, ModelCard, WorkerCard
from scribe.queue.presence import Presence
from scribe.transcript.document import Notice
from scribe_api.engines.schemas import EngineList, EngineRead
from scribe_api.errors import WorkersUnknown

ROLE = "gpu"
PATIENCE_S = 3.0
KINDS = ("transcriber", "diariser")
NO_WORKER = Notice(
    code="NO_WORKER",
    message="No worker is running, so nobody knows which engines there are. `./manage.sh up` starts one.",
)

log = structlog.get_logger(__name__)


async def every(presence: Presence) -> EngineList:
    """The engines of all live workers. Raises WorkersUnknown."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            cards = await presence.cards(ROLE)
    except (RedisError, OSError) as error:
        raise WorkersUnknown from error
    workers = [_read(name, card) for name, card in cards.items()]
    engines = merged(card for card in workers if card)
    return EngineList(engines=engines, workers=len(workers), notice=None if workers else NO_WORKER)


def _read(name: str, card: str) -> WorkerCard | None:
    try:
        return WorkerCard.model_validate_json(card)
    except ValidationError as error:
        log.warning("worker_card_unreadable", worker=name, reason=str(error))
        return None


def merged(workers: Iterable[WorkerCard]) -> list[EngineRead]:
    """One entry an engine: ready where any worker has it ready, with the models of all workers."""
    same: dict[tuple[str, str], list[EngineCard]] = defaultdict(list)
    for worker in workers:
        for engine in worker.engines:
            same[engine.kind, engine.name].append(engine)
    found = [_one(cards) for cards in same.values()]
    return sorted(found, key=lambda engine: (KINDS.index(engine.kind), engine.name))


def _one(cards: Sequence[EngineCard]) -> EngineRead:
    """The worker that can run it speaks for those that cannot."""
    able = [card for card in cards if card.ready]
    first = (able or cards)[0]
    return EngineRead(
        kind=first.kind,
        name=first.name,
        ready=bool(able),
        reason=first.reason,
        default=any(card.default for card in cards),
        models=_models(cards),
        workers=len(able),
    )


def _models(cards: Sequence[EngineCard]) -> tuple[ModelCard, ...]:
    """The models of all workers, those of the able ones first; one that is ready anywhere is ready.

    Where an engine cannot run, neither can its models.
    """
    found: dict[str, ModelCard] = {}
    for card in sorted(cards, key=lambda card: not card.ready):
        for model in card.models:
            usable = model if card.ready or not model.ready else _unusable(model, card.reason)
            if model.name not in found or (usable.ready and not found[model.name].ready):
                found[model.name] = usable
    return tuple(found.values())


def _unusable(model: ModelCard, reason: str | None) -> ModelCard:
    return model.model_copy(update={"ready": False, "reason": reason})
