"""The diariser ``pyannote``: what it needs and how it is loaded, without importing anything heavy."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import ClassVar

from scribe.media.decoding import AudioReader
from scribe.models import InstalledModel
from scribe.transcript.document import Notice
from scribe_worker.engines.base import (
    Capabilities,
    Diarisation,
    Diariser,
    DiariseRequest,
    EngineInfo,
    Machine,
    Plan,
    Progress,
    Wish,
)
from scribe_worker.engines.errors import EngineUnavailable
from scribe_worker.engines.pyannote_audio.options import NAME, Options
from scribe_worker.engines.pyannote_audio.speakers import Bounds

_BATCHES = (16, 8, 4, 1)
_COMPUTE_TYPE = "float32"
"""Always: in half precision speakers merge."""

_RESIDENT_MIB = 900
_PER_WINDOW_MIB = 290


class PyannoteDiariser(Diariser):
    """Finds overlapping turns and describes every voice; long recordings go through in chunks."""

    rank: ClassVar[int] = 30
    caveat: ClassVar[Notice | None] = None
    family: ClassVar[str | None] = "pyannote"
    models: ClassVar[tuple[str, ...]] = ("community-1",)

    @classmethod
    def unavailable(cls) -> str | None:
        """Why it cannot run here: its packages are missing."""
        if find_spec("torch") is None or find_spec("pyannote") is None or find_spec("pyannote.audio") is None:
            return "The packages torch and pyannote.audio are not installed."
        return None

    @classmethod
    def capabilities(cls, model: InstalledModel | None) -> Capabilities:
        """Turns that overlap, and voices; the language does not matter."""
        return Capabilities(speaker_bounds=True, overlap=True, embeddings=True)

    @classmethod
    def plan(cls, model: InstalledModel | None, wish: Wish, machine: Machine) -> Plan:
        """``batch_size`` windows of 10 s are looked at together, by default 16."""
        return Plan(
            model=model.name if model else "none",
            path=model.path if model else None,
            device=machine.best_device if wish.device == "auto" else wish.device,
            compute_type=_COMPUTE_TYPE,
            batch_size=wish.batch_size or _BATCHES[0],
        )

    @classmethod
    def vram_mib(cls, plan: Plan) -> int:
        """A prediction, linear in the batch; tests/gpu checks it.

        Its anchor is the peak that a user reports for batches of 32 (pyannote-audio issue 1963: 9.5 GB),
        all of it in the embeddings; what stays is the CUDA context and 33 MiB of weights. The length of
        the recording does not enter: its samples stay in main memory.
        """
        return _RESIDENT_MIB + _PER_WINDOW_MIB * plan.batch_size if plan.device == "cuda" else 0

    @classmethod
    def lighter(cls, plan: Plan, models: Sequence[InstalledModel]) -> Plan | None:
        """Smaller batches, then the CPU; there is no smaller model."""
        if plan.device == "cpu":
            return None
        smaller = [batch for batch in _BATCHES if batch < plan.batch_size]
        if smaller:
            return plan.model_copy(update={"batch_size": smaller[0]})
        return plan.model_copy(update={"device": "cpu", "batch_size": _BATCHES[0]})

    def load(self, plan: Plan, threads: int) -> None:
        """Read the pipeline from ``plan.path``, a folder with config.yaml and all that it refers to."""
        if plan.path is None:
            raise EngineUnavailable(engine=NAME, reason="No model is installed.")
        from scribe_worker.engines.pyannote_audio.checkpoint import check  # noqa: PLC0415 - needs PyYAML

        check(plan.path)
        from scribe_worker.engines.pyannote_audio.loading import load_pipeline  # noqa: PLC0415 - imports torch
        from scribe_worker.engines.pyannote_audio.long_recording import LongRecording  # noqa: PLC0415 - as above

        self._recording = LongRecording(load_pipeline(plan.path, plan.device, plan.batch_size, threads))
        self._plan = plan

    def info(self) -> EngineInfo:
        """The plan, as it was loaded."""
        plan = self._plan
        return EngineInfo(name=NAME, model=plan.model, device=plan.device, compute_type=plan.compute_type)

    def diarise(self, request: DiariseRequest, progress: Progress) -> Diarisation:
        """Turns, and one embedding a speaker of unit length (zeros where a voice could not be described).

        ValueError for options that do not exist, and for a minimum above the maximum.
        """
        options, bounds = Options.of(request.options), Bounds.of(request)
        with AudioReader(request.audio) as audio:
            return self._recording.diarise(audio, bounds, options, progress)
