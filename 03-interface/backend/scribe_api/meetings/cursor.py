"""The place in a list, as a text that clients hand back without reading it.

It holds the sort key and the id of the last row shown, so that pages neither repeat nor miss a row
whatever is added meanwhile, and a digest of what was asked, since a place in one list is none in another.
"""

import base64
import hashlib
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter
from pydantic_core import to_json

from scribe_api.errors import InvalidCursor

CURSOR_LENGTH = 1000
NOT_ASKED = {"cursor", "limit"}
"""What may differ from page to page."""

Place = TypeVar("Place", bound=tuple[object, ...])

_CONTENT = TypeAdapter[tuple[str, object]](tuple[str, object])


def encode(asked: BaseModel, place: tuple[object, ...]) -> str:
    """The cursor of a page that ends at the place."""
    return base64.urlsafe_b64encode(to_json([_digest(asked), place])).decode()


def decode(text: str, asked: BaseModel, kind: TypeAdapter[Place]) -> Place:
    """The place. Raises InvalidCursor where the text is none of ours or is of another list."""
    try:
        digest, place = _CONTENT.validate_json(base64.urlsafe_b64decode(text.encode()))
        if digest == _digest(asked):
            return kind.validate_python(place)
    except ValueError as error:
        raise InvalidCursor from error
    raise InvalidCursor


def _digest(asked: BaseModel) -> str:
    text = asked.model_dump_json(exclude=NOT_ASKED)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
