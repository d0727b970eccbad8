"""Engines without a model: the same answer for the same recording at once, or the failure that was ordered.

For tests and benchmarks of everything around an engine. ``options`` may hold
``{"dummy": {"seconds": 2.0, "fail": "crash" | "hang" | "raise" | "oom"}}``: work for so long, then fail so.
"""

import os
import signal
import sys
import threading
import time
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from scribe.transcript.document import Notice
from scribe_worker.engines.base import (
    Diarisation,
    DiariseRequest,
    EngineInfo,
    Progress,
    TranscribeRequest,
    Transcription,
    Turn,
    Word,
)
from scribe_worker.engines.duration import flac_duration

_TEXT = ["this", "is", "not", "what", "was", "said", "it", "only", "shows", "where", "words", "would", "be"]
_WORD_S = 0.4
_TURN_S = 5.0
_SPEAKERS = 2
_STEP_S = 0.05
_INFO = EngineInfo(name="dummy", model="none", device="cpu", compute_type="none")
_NOTICE = Notice(code="ENGINE_DUMMY", message="The result is made up: the dummy engine does not listen.")


class _Order(BaseModel):
    """What the caller wants to happen."""

    model_config = ConfigDict(extra="forbid")

    seconds: float = Field(default=0.0, ge=0)
    fail: Literal["crash", "hang", "raise", "oom"] | None = None


class _Dummy:
    """What both dummies share."""

    rank: ClassVar[int] = 0
    caveat: ClassVar[Notice | None] = None

    @classmethod
    def unavailable(cls) -> str | None:
        """Never: it needs nothing."""
        return None

    def load(self, threads: int) -> None:
        """There is no model."""

    def info(self) -> EngineInfo:
        """Itself."""
        return _INFO


class DummyTranscriber(_Dummy):
    """Made-up words, one every 0.4 s, to the end of the recording."""

    def transcribe(self, request: TranscribeRequest, progress: Progress) -> Transcription:
        """Follow the order in ``options``, then make words up."""
        _obey(request.options, progress)
        count = int((flac_duration(request.audio) or 0.0) / _WORD_S)
        words = tuple(
            Word(start=i * _WORD_S, end=(i + 1) * _WORD_S, text=_TEXT[i % len(_TEXT)], confidence=1.0)
            for i in range(count)
        )
        return Transcription(language=request.language or "en", words=words, warnings=(_NOTICE,))


class DummyDiariser(_Dummy):
    """Made-up speakers who take turns of 5 s."""

    def diarise(self, request: DiariseRequest, progress: Progress) -> Diarisation:
        """Follow the order in ``options``, then make turns up."""
        _obey(request.options, progress)
        duration = flac_duration(request.audio) or 0.0
        speakers = request.speakers or _SPEAKERS
        starts = [i * _TURN_S for i in range(int(duration / _TURN_S) + 1) if i * _TURN_S < duration]
        turns = tuple(
            Turn(start=start, end=min(duration, start + _TURN_S), speaker=i % speakers)
            for i, start in enumerate(starts)
        )
        return Diarisation(turns=turns, exclusive=turns, warnings=(_NOTICE,))


def _obey(options: dict[str, JsonValue], progress: Progress) -> None:
    order = _Order.model_validate(options.get("dummy", {}))
    began = time.monotonic()
    while (spent := time.monotonic() - began) < order.seconds:
        progress(spent / order.seconds)
        time.sleep(min(_STEP_S, order.seconds - spent))
    match order.fail:
        case "crash":
            sys.stderr.write("the dummy crashes as ordered\n")
            os.kill(os.getpid(), signal.SIGSEGV)
        case "hang":
            threading.Event().wait()
        case "raise":
            raise ValueError("the dummy fails as ordered")
        case "oom":
            raise MemoryError("the dummy runs out of memory as ordered")
        case None:
            progress(1.0)
