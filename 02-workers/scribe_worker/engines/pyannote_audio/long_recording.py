"""Diarise a recording of any length in bounded memory. Imports torch: only for an engine's process."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import torch
from pyannote.audio.pipelines.speaker_diarization import DiarizeOutput, SpeakerDiarization
from pyannote.core import Annotation

from scribe.media.decoding import AudioReader
from scribe.media.info import SAMPLE_RATE
from scribe_worker.engines.base import NO_SPEECH, Diarisation, Progress, Turn
from scribe_worker.engines.pyannote_audio.chunks import chunk_end, quietest, search_s
from scribe_worker.engines.pyannote_audio.heard import Heard, clip
from scribe_worker.engines.pyannote_audio.linking import unit
from scribe_worker.engines.pyannote_audio.options import Options
from scribe_worker.engines.pyannote_audio.people import whole
from scribe_worker.engines.pyannote_audio.speakers import Bounds

Samples = npt.NDArray[np.float32]

_STEPS = {"segmentation": (0.0, 0.3), "embeddings": (0.3, 0.95)}
"""Between which shares of a chunk's time these steps of the pipeline lie; clustering takes the rest."""

_TOO_FEW_VOICES = "n_clusters"
"""In the error of scikit-learn's KMeans, which pyannote.audio asks for more speakers than it has vectors."""


class LongRecording:
    """The pipeline, loaded, and how recordings go through it."""

    def __init__(self, pipeline: SpeakerDiarization) -> None:
        self._pipeline = pipeline
        self._parameters: dict[str, dict[str, Any]] = pipeline.parameters(instantiated=True)

    def diarise(
        self, audio: AudioReader, bounds: Bounds, options: Options, progress: Progress
    ) -> Diarisation:
        """Who speaks when; what ``progress`` raises ends it."""
        self._tune(options.threshold)
        heard = whole(self._parts(audio, bounds, options, progress), bounds, options.link_threshold)
        progress(1.0)
        if not heard.turns:
            return Diarisation(turns=(), exclusive=(), warnings=(NO_SPEECH,))
        missed = bounds.missed(len(heard.voices))
        return Diarisation(
            turns=heard.turns,
            exclusive=heard.exclusive,
            embeddings=tuple(tuple(voice) for voice in heard.voices.tolist()),
            warnings=(missed,) if missed else (),
        )

    def _tune(self, threshold: float | None) -> None:
        clustering = dict(self._parameters["clustering"])
        if threshold is not None:
            clustering["threshold"] = threshold
        self._pipeline.instantiate({**self._parameters, "clustering": clustering})

    def _parts(self, audio: AudioReader, bounds: Bounds, options: Options, progress: Progress) -> list[Heard]:
        """Chunk by chunk; what lies behind a cut is heard again, as the beginning of the next chunk."""
        duration, start, parts = audio.duration, 0.0, list[Heard]()
        step = _Steps(duration, progress)
        while start < duration:
            end = chunk_end(start, duration, options.chunk_s)
            last = end >= duration
            step.chunk = (start, end)
            alone = last and not parts
            heard = self._hear(audio.read(start, end), start, bounds if alone else bounds.in_a_part, step)
            cut = duration if last else quietest(heard.turns, end - search_s(options.chunk_s), end)
            parts.append(heard.until(cut))
            start = cut
        return parts

    def _hear(self, samples: Samples, start: float, bounds: Bounds, hook: Callable[..., None]) -> Heard:
        """What is heard in one chunk, which begins at ``start`` seconds."""
        if not samples.size:
            return Heard((), (), np.zeros((0, 0)))
        found = self._apply(torch.from_numpy(samples)[None], bounds, hook)
        numbers = {label: number for number, label in enumerate(found.speaker_diarization.labels())}
        end = start + samples.size / SAMPLE_RATE
        return Heard(
            turns=clip(_turns(found.speaker_diarization, start, numbers), end),
            exclusive=clip(_turns(found.exclusive_speaker_diarization, start, numbers), end),
            voices=unit(np.asarray(found.speaker_embeddings)),
        )

    def _apply(self, waveform: torch.Tensor, bounds: Bounds, hook: Callable[..., None]) -> DiarizeOutput:
        """What the pipeline makes of float32 [1, n], 16 kHz."""
        file = {"waveform": waveform, "sample_rate": SAMPLE_RATE}
        try:
            found = self._pipeline(file, hook=hook, min_speakers=bounds.least, max_speakers=bounds.most)
        except ValueError as error:
            if _TOO_FEW_VOICES not in str(error):
                raise
            found = self._pipeline(file, hook=hook)
        return cast("DiarizeOutput", found)


class _Steps:
    """Turns what the pipeline says about its steps into progress through the whole recording.

    chunk: start and end in seconds of what the pipeline listens to
    """

    def __init__(self, duration: float, progress: Progress) -> None:
        self.chunk = (0.0, duration)
        self._duration = duration
        self._progress = progress
        self._furthest = 0.0

    def __call__(
        self, step: str, _result: object, *, completed: int | None = None, total: int | None = None, **_: Any
    ) -> None:
        first, last = _STEPS.get(step, (0.95, 1.0))
        inside = first + (last - first) * min(1.0, completed / total) if completed and total else first
        start, end = self.chunk
        # A chunk begins before the last one ended, because that one was cut.
        self._furthest = max(self._furthest, (start + inside * (end - start)) / self._duration)
        self._progress(self._furthest)


def _turns(annotation: Annotation, start: float, numbers: dict[str, int]) -> list[Turn]:
    """By start; seconds of the recording for seconds of a chunk that begins at ``start``."""
    return [
        Turn(start=start + max(0.0, segment.start), end=start + segment.end, speaker=numbers[label])
        for segment, _, label in annotation.itertracks(yield_label=True)
    ]
