"""Engines without a model: the same answer for the same recording at once, or the failure that was ordered.

For tests and benchmarks of everything around an engine. ``options`` may hold
``{"dummy": {"seconds": 2.0, "fail": "crash", "only": "diariser"}}``: work for so long, then fail so.
A folder with ``dummy.json`` is a model for them: it says how long loading takes and what memory it wants.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from scribe.models import InstalledModel
from scribe.transcript.document import BLOCK_FAILED, Notice
from scribe_worker.engines.base import (
    Diarisation,
    Diariser,
    DiariseRequest,
    Doubt,
    Engine,
    EngineInfo,
    Kind,
    Machine,
    Plan,
    Progress,
    Transcriber,
    TranscribeRequest,
    Transcription,
    Turn,
    Wish,
    Word,
)
from scribe_worker.engines.duration import flac_duration

_TEXT = ["this", "is", "not", "what", "was", "said", "it", "only", "shows", "where", "words", "would", "be"]
_WORD_S = 0.4
_TURN_S = 5.0
_SPEAKERS = 2
_STEP_S = 0.05
_RECIPE = "dummy.json"
_MOST_BATCH = 8
_NOTICE = Notice(code="ENGINE_DUMMY", message="The result is made up: the dummy engine does not listen.")


class _Order(BaseModel):
    """What the caller wants to happen."""

    model_config = ConfigDict(extra="forbid")

    seconds: float = Field(default=0.0, ge=0)
    fail: Literal["crash", "hang", "raise", "oom", "block"] | None = None
    only: Kind | None = None
    """Who is meant, where not both are."""


class _Recipe(BaseModel):
    """What a model of the dummies pretends.

    load_s: seconds to load; vram_mib: GPU memory for each piece of a batch, 0 for a model on the CPU
    most_batch: memory runs out during the work with a larger batch than this
    """

    model_config = ConfigDict(extra="forbid")

    load_s: float = Field(default=0.0, ge=0)
    vram_mib: int = Field(default=0, ge=0)
    most_batch: int = Field(default=_MOST_BATCH, ge=1)


class _Dummy(Engine):
    """What both dummies share."""

    kind: ClassVar[Kind]
    family: ClassVar[str | None] = "dummy"
    model_optional: ClassVar[bool] = True

    @classmethod
    def plan(cls, model: InstalledModel | None, wish: Wish, machine: Machine) -> Plan:
        """On the GPU if the model says that it wants its memory."""
        if model is None:
            return Plan(batch_size=wish.batch_size or _MOST_BATCH)
        plan = Plan(model=model.name, path=model.path, batch_size=wish.batch_size or _MOST_BATCH)
        return plan.model_copy(update={"device": "cuda"}) if _recipe(plan).vram_mib else plan

    @classmethod
    def vram_mib(cls, plan: Plan) -> int:
        """As the model's recipe says."""
        return _recipe(plan).vram_mib * plan.batch_size

    @classmethod
    def lighter(cls, plan: Plan, models: Sequence[InstalledModel]) -> Plan | None:
        """Half the batch."""
        half = plan.batch_size // 2
        return plan.model_copy(update={"batch_size": half}) if half else None

    def load(self, plan: Plan, threads: int) -> None:
        """Take as long as the recipe says."""
        self._plan, self._recipe = plan, _recipe(plan)
        time.sleep(self._recipe.load_s)

    def info(self) -> EngineInfo:
        """Itself."""
        plan = self._plan
        return EngineInfo(name="dummy", model=plan.model, device=plan.device, compute_type=plan.compute_type)

    def _obey(self, options: dict[str, JsonValue], progress: Progress) -> _Order:
        """Work for as long as was ordered, then fail as was ordered."""
        if self._plan.batch_size > self._recipe.most_batch:
            raise MemoryError("the dummy runs out of memory with this batch size")
        order = _Order.model_validate(options.get("dummy", {}))
        if order.only not in {None, self.kind}:
            order = _Order()
        began = time.monotonic()
        while (spent := time.monotonic() - began) < order.seconds:
            progress(spent / order.seconds)
            time.sleep(min(_STEP_S, order.seconds - spent))
        _fail(order)
        progress(1.0)
        return order


class DummyTranscriber(_Dummy, Transcriber):
    """Made-up words, one every 0.4 s, to the end of the recording."""

    kind = "transcriber"

    def transcribe(self, request: TranscribeRequest, progress: Progress) -> Transcription:
        """Follow the order in ``options``, then make words up."""
        order = self._obey(request.options, progress)
        count = int((flac_duration(request.audio) or 0.0) / _WORD_S)
        words = tuple(
            Word(start=i * _WORD_S, end=(i + 1) * _WORD_S, text=_TEXT[i % len(_TEXT)], confidence=1.0)
            for i in range(count)
        )
        result = Transcription(language=request.language or "en", words=words, warnings=(_NOTICE,))
        return _with_gap(result) if order.fail == "block" else result


class DummyDiariser(_Dummy, Diariser):
    """Made-up speakers who take turns of 5 s."""

    kind = "diariser"

    def diarise(self, request: DiariseRequest, progress: Progress) -> Diarisation:
        """Follow the order in ``options``, then make turns up."""
        self._obey(request.options, progress)
        duration = flac_duration(request.audio) or 0.0
        speakers = request.speakers or _SPEAKERS
        starts = [i * _TURN_S for i in range(int(duration / _TURN_S) + 1) if i * _TURN_S < duration]
        turns = tuple(
            Turn(start=start, end=min(duration, start + _TURN_S), speaker=i % speakers)
            for i, start in enumerate(starts)
        )
        return Diarisation(turns=turns, exclusive=turns, warnings=(_NOTICE,))


def _with_gap(result: Transcription) -> Transcription:
    """The same, as if the second half had failed."""
    half = len(result.words) // 2
    lost = Doubt(start=result.words[half].start, end=result.words[-1].end, kind="failed")
    notice = Notice(code=BLOCK_FAILED, message="The dummy failed on a stretch of the recording, as ordered.")
    return result.model_copy(
        update={"words": result.words[:half], "doubts": (lost,), "warnings": (*result.warnings, notice)}
    )


def _fail(order: _Order) -> None:
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
        case "block" | None:
            return


def _recipe(plan: Plan) -> _Recipe:
    if plan.path is None or not (plan.path / _RECIPE).exists():
        return _Recipe()
    return _Recipe.model_validate_json((plan.path / _RECIPE).read_bytes())
