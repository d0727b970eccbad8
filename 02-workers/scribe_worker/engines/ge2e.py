"""A diariser without accounts or downloads: Silero finds speech, GE2E knows voices, NME-SC counts them."""

from importlib.metadata import version
from importlib.util import find_spec
from typing import ClassVar

from scribe.media.decoding import AudioReader
from scribe.models import InstalledModel
from scribe.transcript.document import Notice
from scribe_worker.engines import speech
from scribe_worker.engines.base import (
    Capabilities,
    Diarisation,
    Diariser,
    DiariseRequest,
    EngineInfo,
    Plan,
    Progress,
)

_REQUIRED = ("torch", "scipy", "sklearn")


class Ge2eDiariser(Diariser):
    """One speaker at a time; good where people let each other finish, poor where they do not."""

    rank: ClassVar[int] = 10
    caveat: ClassVar[Notice | None] = Notice(
        code="ENGINE_BASIC",
        message=(
            "Speakers were told apart by a basic engine (GE2E): where people speak at once or very briefly, "
            "expect mistakes."
        ),
    )

    @classmethod
    def unavailable(cls) -> str | None:
        """Why it cannot run here: a package is missing, if only the one that carries the encoder."""
        missing = [name for name in _REQUIRED if find_spec(name) is None]
        if missing:
            return f"Not installed: {', '.join(missing)}."
        if find_spec("resemblyzer") is None:
            return "The package resemblyzer, which carries the voice encoder, is not installed."
        return speech.unavailable()

    @classmethod
    def capabilities(cls, model: InstalledModel | None) -> Capabilities:
        """A vector a speaker, and never two speakers at once."""
        return Capabilities(embeddings=True)

    def load(self, plan: Plan, threads: int) -> None:
        """Read the encoder's weights."""
        from scribe_worker.engines.voice_diarisation import VoiceDiarisation  # noqa: PLC0415 - imports torch

        self._voices = VoiceDiarisation(threads)

    def info(self) -> EngineInfo:
        """The version of the package is the version of the weights that it carries."""
        model = f"resemblyzer {version('resemblyzer')}"
        return EngineInfo(name="ge2e", model=model, device="cpu", compute_type="float32")

    def diarise(self, request: DiariseRequest, progress: Progress) -> Diarisation:
        """Turns that never overlap, and one embedding a speaker (256 numbers, unit length)."""
        with AudioReader(request.audio) as audio:
            return self._voices.of(audio, request.speakers, progress)
