"""The steps of diarisation by voice: find speech, describe voices, tell them apart, smooth."""

import torch

from scribe.media.decoding import AudioReader
from scribe_worker.engines import smoothing
from scribe_worker.engines.base import NO_SPEECH, Diarisation, Progress, Turn
from scribe_worker.engines.clustering import centroids, cluster
from scribe_worker.engines.errors import EngineUnavailable
from scribe_worker.engines.ge2e_encoder import VoiceEncoder, weights
from scribe_worker.engines.speech import Sensitivity, probabilities_of, speech_regions
from scribe_worker.engines.voices import cut, describe, seconds_of

_SENSITIVITY = Sensitivity(threshold=0.2, min_silence=0.5, pad=0.1)
"""Lower than for transcription: on meetings, missed speech costs more than noise taken for speech."""

_DETECTED, _DESCRIBED = 0.15, 0.95
"""Shares of the whole time at which a step ends."""


class VoiceDiarisation:
    """The voice encoder, loaded, and what is done with it."""

    def __init__(self, threads: int) -> None:
        path = weights()
        if path is None:
            raise EngineUnavailable(engine="ge2e", reason="The voice encoder's weights are missing.")
        torch.set_num_threads(threads)
        self._encoder = VoiceEncoder(path)

    def of(self, audio: AudioReader, speakers: int | None, progress: Progress) -> Diarisation:
        """Who speaks when; no turns and a notice where nobody does. Memory hardly grows with the duration."""
        duration = audio.duration
        probabilities = probabilities_of(audio, lambda share: progress(_DETECTED * share))
        regions = speech_regions(probabilities, duration, _SENSITIVITY)
        if not regions:
            return Diarisation(turns=(), exclusive=(), warnings=(NO_SPEECH,))
        windows = cut(regions, duration)
        vectors = describe(
            self._encoder,
            audio,
            windows,
            lambda share: progress(_DETECTED + (_DESCRIBED - _DETECTED) * share),
        )
        voices = centroids(vectors, cluster(vectors, seconds_of(windows), speakers))
        turns, heard = _in_order_of_appearance(smoothing.turns(vectors @ voices.T, windows, regions))
        embeddings = tuple(tuple(voices[voice].tolist()) for voice in heard)
        return Diarisation(turns=turns, exclusive=turns, embeddings=embeddings)


def _in_order_of_appearance(turns: tuple[Turn, ...]) -> tuple[tuple[Turn, ...], list[int]]:
    """The turns with speakers counted as they are first heard, and the number that each one had before."""
    heard = list(dict.fromkeys(turn.speaker for turn in turns))
    numbers = {voice: number for number, voice in enumerate(heard)}
    return tuple(turn.model_copy(update={"speaker": numbers[turn.speaker]}) for turn in turns), heard
