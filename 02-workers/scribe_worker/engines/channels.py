"""A diariser for recordings with a microphone a speaker: calls, interviews, multi-track sessions."""

from importlib.metadata import version

from scribe.media.decoding import AudioReader
from scribe.models import InstalledModel
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
from scribe_worker.engines.channel_diarisation import diarise_channels


class ChannelDiariser(Diariser):
    """One speaker a channel, whoever speaks at the same time; of two at one microphone it knows nothing.

    Only when asked for by name: most recordings with two channels hold the same voices in both.
    """

    @classmethod
    def unavailable(cls) -> str | None:
        """Why it cannot run here: the speech detector is missing."""
        return speech.unavailable()

    @classmethod
    def capabilities(cls, model: InstalledModel | None) -> Capabilities:
        """It wants every channel, and finds those who speak at once."""
        return Capabilities(channels=True, overlap=True)

    def load(self, plan: Plan, threads: int) -> None:
        """Read the speech detector, which then stays."""
        speech.load_detector()

    def info(self) -> EngineInfo:
        """The package's version is the detector's."""
        model = f"silero (faster-whisper {version('faster-whisper')})"
        return EngineInfo(name="channels", model=model, device="cpu", compute_type="float32")

    def diarise(self, request: DiariseRequest, progress: Progress) -> Diarisation:
        """Overlapping turns, and exclusive ones that go to whoever is louder."""
        if request.channels is None:
            raise ValueError("the recording's channels were not given")
        with AudioReader(request.channels) as audio:
            return diarise_channels(audio, progress)
