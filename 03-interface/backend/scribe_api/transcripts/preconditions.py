"""``If-Match``: no edit of a revision that its writer has not seen (RFC 9110, 13.1.1; RFC 6585, 3)."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request

from scribe_api.transcripts.errors import RevisionRequired, RevisionStale

_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_TAGS = re.compile(rf"\s*{_TAG}(?:\s*,\s*{_TAG})*\s*")
_NUMBER = re.compile(r'(?<!W/)"([1-9][0-9]{0,8})"')

IF_MATCH: dict[str, Any] = {
    "parameters": [
        {
            "name": "If-Match",
            "in": "header",
            "required": True,
            "description": "The revision that you have seen, in quotes: the transcript's `ETag`.",
            "schema": {"type": "string", "pattern": '^"[1-9][0-9]{0,8}"$', "examples": ['"3"']},
        }
    ]
}
"""For ``openapi_extra``: the framework cannot say that a header is required and answer 428 without it."""


@dataclass(frozen=True)
class Seen:
    """The revisions that the writer would edit; nearly always one."""

    revisions: frozenset[int]

    def require(self, current: int) -> None:
        """Raise RevisionStale unless the current revision is among them."""
        if current not in self.revisions:
            raise RevisionStale(current=current)


def seen_revisions(request: Request) -> Seen:
    """What the header says.

    ``*`` would match whatever somebody else has just written, so it counts as no condition. Weak
    validators and those of another kind match nothing, as the RFC has it.
    """
    header = ",".join(request.headers.getlist("if-match"))
    if not _TAGS.fullmatch(header):
        raise RevisionRequired
    return Seen(frozenset(int(number) for number in _NUMBER.findall(header)))


SeenRevision = Annotated[Seen, Depends(seen_revisions)]
"""Raises RevisionRequired; comes after the dependencies that say who calls and which meeting it is."""
