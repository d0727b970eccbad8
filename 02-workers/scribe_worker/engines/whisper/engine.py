"""faster-whisper: the transcriber of choice wherever one of its models is installed."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import ClassVar

from scribe.models import InstalledModel
from scribe_worker.engines import speech
from scribe_worker.engines.base import (
    Capabilities,
    EngineInfo,
    Machine,
    Plan,
    Progress,
    Transcriber,
    TranscribeRequest,
    Transcription,
    Wish,
)
from scribe_worker.engines.errors import EngineUnavailable
from scribe_worker.engines.whisper import abilities, planning
from scribe_worker.engines.whisper.options import NAME

_PACKAGES = ("faster_whisper", "ctranslate2", "tokenizers")


class FasterWhisperTranscriber(Transcriber):
    """Whisper in CTranslate2's format, in batches: nearly a hundred languages, words with times."""

    rank: ClassVar[int] = 30
    family: ClassVar[str | None] = "whisper"
    models: ClassVar[tuple[str, ...]] = ("large-v3", "large-v3-turbo", "medium", "small", "base", "tiny")

    @classmethod
    def unavailable(cls) -> str | None:
        """Why it cannot run here: a package is missing."""
        missing = [package for package in _PACKAGES if find_spec(package) is None]
        if missing:
            return f"The package {missing[0].replace('_', '-')} is not installed."
        return speech.unavailable()

    @classmethod
    def capabilities(cls, model: InstalledModel | None) -> Capabilities:
        """Multilingual models know about a hundred languages, the others English only."""
        if model is None:
            return Capabilities(vocabulary=True)
        return Capabilities(
            languages=None if abilities.multilingual(model.path) else ("en",),
            translation=abilities.translates(model.name, model.path),
            vocabulary=True,
        )

    @classmethod
    def plan(cls, model: InstalledModel | None, wish: Wish, machine: Machine) -> Plan:
        """See ``planning``; EngineUnavailable without a model."""
        if model is None:
            raise EngineUnavailable(engine=NAME, reason="It needs a model, and none was chosen.")
        return planning.plan(model, wish, machine)

    @classmethod
    def vram_mib(cls, plan: Plan) -> int:
        """Predicted peak of GPU memory in MiB; 0 on the CPU."""
        return planning.vram_mib(plan)

    @classmethod
    def lighter(cls, plan: Plan, models: Sequence[InstalledModel]) -> Plan | None:
        """The next plan to try when memory runs out."""
        return planning.lighter(plan, models)

    def load(self, plan: Plan, threads: int) -> None:
        """Load the weights; nothing is ever downloaded."""
        from scribe_worker.engines.whisper.decoder import Decoder  # noqa: PLC0415 - heavy

        if plan.path is None:
            raise EngineUnavailable(engine=NAME, reason="It needs the folder of a model.")
        self._plan = plan
        self._translates = abilities.translates(plan.model, plan.path)
        self._decoder: Decoder = Decoder(plan, threads)

    def info(self) -> EngineInfo:
        """The model by its name, and the precision that is really used."""
        return EngineInfo(
            name=NAME,
            model=self._plan.model,
            device=self._plan.device,
            compute_type=self._decoder.compute_type,
        )

    def transcribe(self, request: TranscribeRequest, progress: Progress) -> Transcription:
        """See ``recording.transcribe``; EngineUnavailable where the model cannot translate but should."""
        from scribe_worker.engines.whisper import recording  # noqa: PLC0415 - heavy

        if request.task == "translate" and not self._translates:
            raise EngineUnavailable(engine=NAME, reason=f"The model {self._plan.model} cannot translate.")
        return recording.transcribe(request, self._decoder, self._plan, progress)
