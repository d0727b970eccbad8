"""The S3 port: everything that the product keeps for good goes through here."""

from scribe.storage.errors import (
    ObjectNotFound,
    RangeOutsideObject,
    StorageFull,
    StorageRefused,
    StorageUnavailable,
)
from scribe.storage.objects import ObjectHead, StoredObject
from scribe.storage.store import ObjectStore

__all__ = [
    "ObjectHead",
    "ObjectNotFound",
    "ObjectStore",
    "RangeOutsideObject",
    "StorageFull",
    "StorageRefused",
    "StorageUnavailable",
    "StoredObject",
]
