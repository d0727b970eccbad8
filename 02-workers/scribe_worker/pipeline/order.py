"""What is asked for: the meeting's row as it was when the job was claimed."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from typing import Any, Self

from pydantic import JsonValue

from scribe.db.models import Meeting
from scribe.settings import EngineSettings
from scribe_worker.engines import registry
from scribe_worker.engines.registry import Resolved

PRODUCTS = 1
"""Raised when the products of the stages change their form: then they are made anew."""


@dataclass(frozen=True)
class Order:
    """A meeting to transcribe, by engines that can run here."""

    meeting_id: uuid.UUID
    source_key: str
    language: str | None
    speakers: int | None
    revision: int
    transcriber: Resolved
    diariser: Resolved
    options: dict[str, JsonValue]

    @classmethod
    def of(cls, meeting: Meeting, engines: EngineSettings) -> Self:
        """The order of a meeting. Raises EngineUnavailable, before any work is done in vain."""
        options: dict[str, Any] = dict(meeting.options)
        transcriber = options.pop("transcriber", None) or engines.transcriber
        diariser = options.pop("diariser", None) or engines.diariser
        return cls(
            meeting_id=meeting.id,
            source_key=meeting.source_key,
            language=meeting.language,
            speakers=meeting.speakers,
            revision=(meeting.revision or 0) + 1,
            transcriber=registry.resolve("transcriber", transcriber),
            diariser=registry.resolve("diariser", diariser),
            options=options,
        )


def fingerprint(*asked: JsonValue) -> str:
    """A short name for what is asked of an engine: the same for the same wish, another for another."""
    canonical = json.dumps([PRODUCTS, *asked], sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
