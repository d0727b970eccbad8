"""A stage's product in S3: written once, read back by a retry."""

from typing import TypeVar

from pydantic import BaseModel

from scribe.storage import ObjectNotFound, ObjectStore

Product = TypeVar("Product", bound=BaseModel)


async def load(store: ObjectStore, key: str, product: type[Product]) -> Product | None:
    """The product of a stage that is already finished, or None."""
    try:
        return product.model_validate_json(await store.get_bytes(key))
    except ObjectNotFound:
        return None


async def save(store: ObjectStore, key: str, product: BaseModel) -> None:
    """Write the product; from now on the stage counts as finished."""
    await store.put_bytes(key, product.model_dump_json().encode(), content_type="application/json")
