"""A stage of the pipeline: what it makes, and where the product lies once it is made."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError

from scribe.storage import ObjectNotFound, ObjectStore

if TYPE_CHECKING:
    from scribe_worker.pipeline.work import Work

log = structlog.get_logger(__name__)


class StageProduct(BaseModel):
    """What a stage leaves in S3 for the stages after it; ``seconds`` is the time that its work took."""

    model_config = ConfigDict(frozen=True)

    seconds: float = 0.0

    @property
    def aside(self) -> float:
        """Seconds that do not count as work."""
        return 0.0

    @property
    def complete(self) -> bool:
        """Whether the stage need not be done again when the meeting is retried."""
        return True

    def timings(self, stage: str) -> dict[str, float]:
        """Seconds, by what the transcript's record calls them."""
        return {stage: self.seconds}


Product = TypeVar("Product", bound=StageProduct)


@dataclass(frozen=True)
class Stage(Generic[Product]):
    """``make`` does the work; ``key`` says where its product is written, which finishes the stage."""

    name: str
    product: type[Product]
    key: Callable[["Work"], str]
    make: Callable[["Work"], Awaitable[Product]]


async def load(store: ObjectStore, key: str, product: type[Product]) -> Product | None:
    """The product of a stage that is already finished; None where there is none that can be read."""
    try:
        return product.model_validate_json(await store.get_bytes(key))
    except ObjectNotFound:
        return None
    except ValidationError as error:
        log.warning("product_unreadable", key=key, reason=str(error))
        return None


async def save(store: ObjectStore, key: str, product: StageProduct) -> None:
    """Write the product; from now on the stage counts as finished."""
    await store.put_bytes(key, product.model_dump_json().encode(), content_type="application/json")
