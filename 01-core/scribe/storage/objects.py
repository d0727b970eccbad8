"""What S3 tells about an object, free of the client library's dictionaries."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class StoredObject:
    """An object as it was just written; ``size`` in bytes."""

    key: str
    size: int
    etag: str


@dataclass(frozen=True)
class ObjectHead:
    """An object as S3 describes it; ``size`` in bytes, ``content_type`` empty where it came from a list."""

    key: str
    size: int
    content_type: str
    etag: str
    modified: datetime
