"""Where somebody speaks, and in which language: what has to be known before anything is decoded."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Final

from scribe.media.decoding import AudioReader
from scribe_worker.engines import speech
from scribe_worker.engines.base import Plan, TranscribeRequest
from scribe_worker.engines.speech import Probabilities, Region, Sensitivity
from scribe_worker.engines.whisper import languages
from scribe_worker.engines.whisper.blocks import Block, blocks, utterances
from scribe_worker.engines.whisper.decoder import Decoder
from scribe_worker.engines.whisper.languages import Heard
from scribe_worker.engines.whisper.options import Options
from scribe_worker.engines.whisper.planning import longest_block

_PAD_S: Final = 0.3
"""Around speech: the detector is late at soft beginnings, and the model needs the onset of a word."""

_SAMPLES: Final = 5
"""Stretches that tell the one language of a recording: a greeting in another one must not decide."""


class Speech:
    """The speech of one recording. Memory grows by one number for every 32 ms, and by no samples."""

    def __init__(self, probabilities: Probabilities, duration: float, threshold: float) -> None:
        self.probabilities = probabilities
        self.exact = speech.speech_regions(probabilities, duration, Sensitivity(threshold, pad=0.0))
        self.padded = speech.speech_regions(probabilities, duration, Sensitivity(threshold, pad=_PAD_S))
        self._starts = [region.start for region in self.exact]
        self._ends = [region.end for region in self.exact]

    def between(self, start: float, end: float) -> list[Region]:
        """The exact regions between two times, cut at both."""
        inside = self.exact[bisect_right(self._ends, start) : bisect_left(self._starts, end)]
        return [Region(max(start, region.start), min(end, region.end)) for region in inside]


def listen(audio: AudioReader, options: Options, progress: Callable[[float], None]) -> Speech:
    """Find the speech; progress is the share that has been listened to."""
    return Speech(speech.probabilities_of(audio, progress), audio.duration, options.vad_threshold)


class Listener:
    """Puts speech into blocks of one language each."""

    def __init__(self, audio: AudioReader, decoder: Decoder, plan: Plan, options: Options) -> None:
        self._audio = audio
        self._decoder = decoder
        self._batch_size = plan.batch_size
        self._confidence = options.language_confidence
        self._longest = options.longest_block or longest_block(plan)

    def blocks(
        self, heard: Speech, request: TranscribeRequest, progress: Callable[[float], None]
    ) -> list[Block]:
        """All speech of the recording; progress is the share whose language is known."""
        fixed = request.language or (request.languages[0] if len(request.languages) == 1 else None)
        if fixed is None and len(self._decoder.languages) == 1:
            fixed = self._decoder.languages[0]
        if fixed is None and request.languages:
            return self._mixed(heard, request.languages, progress)
        parts = speech.split_long(heard.padded, heard.probabilities, self._longest)
        language = fixed or self._only(utterances(parts), progress)
        return blocks(parts, [language] * len(parts), self._longest)

    def _only(self, stretches: Sequence[Region], progress: Callable[[float], None]) -> str:
        """The one language of the recording, from its longest stretches in each fifth."""
        fifth = -(-len(stretches) // _SAMPLES)
        chosen = [
            max(stretches[first : first + fifth], key=lambda stretch: stretch.duration)
            for first in range(0, len(stretches), fifth)
        ]
        return languages.most_probable(self._detect(chosen, progress))

    def _mixed(self, heard: Speech, allowed: Sequence[str], progress: Callable[[float], None]) -> list[Block]:
        """Each stretch in the one of the allowed languages that it sounds most like."""
        short = speech.split_long(heard.padded, heard.probabilities, self._longest)
        stretches = utterances(short)
        spoken = languages.among(allowed, stretches, self._detect(stretches, progress), self._confidence)
        return blocks(stretches, spoken, self._longest)

    def _detect(self, stretches: Sequence[Region], progress: Callable[[float], None]) -> list[Heard]:
        found: list[Heard] = []
        for first in range(0, len(stretches), self._batch_size):
            batch = stretches[first : first + self._batch_size]
            found += self._decoder.detect([self._audio.read(part.start, part.end) for part in batch])
            progress(len(found) / len(stretches))
        return found
