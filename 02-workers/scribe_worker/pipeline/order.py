"""What is asked for: the meeting's row as it was when the job was claimed."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from typing import Self

from pydantic import JsonValue, ValidationError

from scribe.db.models import Meeting
from scribe.errors import ScribeError
from scribe.transcript.document import Notice
from scribe.wishes import Wishes
from scribe_worker.engines.choice import Choice
from scribe_worker.engines.registry import Registry

PRODUCTS = 2
"""Raised when the products of the stages change their form: then they are made anew."""


class WishesInvalid(ScribeError):
    """The options that are stored with the meeting cannot be understood. Detail: ``reason``."""

    status = 422
    code = "OPTIONS_INVALID"
    message = "The meeting's options cannot be understood: {reason}. Change them, then retry the meeting."
    permanent = True


class CannotTranslate(ScribeError):
    """The engine does not translate. Detail: ``engine``, ``model``."""

    status = 422
    code = "TRANSLATION_UNAVAILABLE"
    message = (
        "The engine '{engine}' cannot translate with the model '{model}'. Choose a multilingual Whisper "
        "model such as large-v3 (turbo never learnt it), or the task 'transcribe'."
    )
    permanent = True


@dataclass(frozen=True)
class Order:
    """A meeting to transcribe, by engines that can run here."""

    meeting_id: uuid.UUID
    source_key: str
    language: str | None
    speakers: int | None
    transcriber: Choice
    diariser: Choice
    wishes: Wishes

    @classmethod
    def of(cls, meeting: Meeting, registry: Registry) -> Self:
        """The order of a meeting.

        Raises EngineUnavailable, ModelNotInstalled, CannotTranslate or WishesInvalid, before any work is done
        in vain.
        """
        try:
            wishes = Wishes.model_validate(meeting.options)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise WishesInvalid(reason=f"{where}: {first['msg']}" if where else first["msg"]) from error
        transcriber = registry.resolve("transcriber", wishes.transcriber, wishes.transcriber_model)
        if wishes.task == "translate" and not transcriber.capabilities.translation:
            raise CannotTranslate(engine=transcriber.name, model=transcriber.plan.model)
        return cls(
            meeting_id=meeting.id,
            source_key=meeting.source_key,
            language=meeting.language,
            speakers=meeting.speakers,
            transcriber=transcriber,
            diariser=registry.resolve("diariser", wishes.diariser, wishes.diariser_model),
            wishes=wishes,
        )

    @property
    def unheeded(self) -> tuple[Notice, ...]:
        """What was wished for that the engines do not heed."""
        wishes, words, voices = self.wishes, self.transcriber, self.diariser
        bounded = bool(wishes.min_speakers or wishes.max_speakers)
        unheeded = [
            (words.name, "vocabulary", bool(wishes.vocabulary) and not words.capabilities.vocabulary),
            (voices.name, "bounds on speakers", bounded and not voices.capabilities.speaker_bounds),
        ]
        return tuple(
            Notice(code="WISH_UNHEEDED", message=f"The engine '{name}' does not heed the {what} given.")
            for name, what, is_so in unheeded
            if is_so
        )

    @property
    def options(self) -> dict[str, JsonValue]:
        """The options of all engines, by engine name."""
        return self.wishes.engine_options


def fingerprint(choice: Choice, options: dict[str, JsonValue], *asked: JsonValue) -> str:
    """A short name for what is asked of an engine: the same for the same wish, another for another."""
    folder = choice.plan.path.name if choice.plan.path else None  # of a model of the hub: its revision
    engine = [choice.name, choice.plan.model, folder, options.get(choice.name)]
    canonical = json.dumps([PRODUCTS, *engine, *asked], sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
