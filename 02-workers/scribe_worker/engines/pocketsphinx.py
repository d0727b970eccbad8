"""The transcriber of last resort: PocketSphinx with the US-English model that its package carries.

Speech is cut into blocks of at most 15 s and decoded on all cores. The decoder holds Python's global lock
while it works, so the blocks go to processes, not threads.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from typing import ClassVar

import numpy as np

from scribe.media.decoding import AudioReader
from scribe.models import InstalledModel
from scribe.transcript.document import Notice
from scribe_worker.engines import speech
from scribe_worker.engines.base import (
    NO_SPEECH,
    Capabilities,
    EngineInfo,
    Plan,
    Progress,
    Transcriber,
    TranscribeRequest,
    Transcription,
    Word,
)
from scribe_worker.engines.errors import EngineBroken
from scribe_worker.engines.pocketsphinx_block import BlockWord, decode_block, prepare
from scribe_worker.engines.speech import Region, Sensitivity

_LANGUAGE = "en"
_LONGEST_BLOCK_S = 15.0
_SENSITIVITY = Sensitivity(threshold=0.5, min_silence=0.3, pad=0.2)
_DETECTION_SHARE = 0.02
"""Of the whole time, as far as progress is concerned."""

_LANGUAGE_UNSUPPORTED = Notice(
    code="LANGUAGE_UNSUPPORTED",
    message=(
        "PocketSphinx only knows US English: speech in another language was written down as the English "
        "words that sound most like it."
    ),
)


class PocketSphinxTranscriber(Transcriber):
    """US English: fair on clear speech, poor on conversation, but it needs nothing from anywhere."""

    rank: ClassVar[int] = 10
    caveat: ClassVar[Notice | None] = Notice(
        code="ENGINE_FALLBACK",
        message=(
            "A basic transcriber was used (PocketSphinx, US English only): expect many errors in "
            "conversation. Install a better transcriber, for example a Whisper engine."
        ),
    )

    @classmethod
    def unavailable(cls) -> str | None:
        """Why it cannot run here: one of its two packages is missing."""
        if find_spec("pocketsphinx") is None:
            return "The package pocketsphinx is not installed."
        return speech.unavailable()

    @classmethod
    def capabilities(cls, model: InstalledModel | None) -> Capabilities:
        """English, with times for every word."""
        return Capabilities(languages=(_LANGUAGE,))

    def load(self, plan: Plan, threads: int) -> None:
        """Start one decoder a thread and wait until the first one is ready."""
        self._threads = threads
        self._pool = ProcessPoolExecutor(
            threads,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=prepare,
            initargs=(os.getpid(),),
        )
        with _deaths_told():
            self._pool.submit(decode_block, b"").result()

    def info(self) -> EngineInfo:
        """The version of the package is the version of the model that it carries."""
        model = f"en-us {version('pocketsphinx')}"
        return EngineInfo(name="pocketsphinx", model=model, device="cpu", compute_type="float32")

    def transcribe(self, request: TranscribeRequest, progress: Progress) -> Transcription:
        """Find speech, then write it down block by block."""
        with AudioReader(request.audio) as audio, _deaths_told():
            return self._transcribe(audio, request, progress)

    def _transcribe(
        self, audio: AudioReader, request: TranscribeRequest, progress: Progress
    ) -> Transcription:
        warnings = [] if request.language in {None, _LANGUAGE} else [_LANGUAGE_UNSUPPORTED]
        probabilities = speech.probabilities_of(audio, lambda share: progress(_DETECTION_SHARE * share))
        regions = speech.speech_regions(probabilities, audio.duration, _SENSITIVITY)
        if not regions:
            return Transcription(language=_LANGUAGE, words=(), warnings=(*warnings, NO_SPEECH))
        blocks = speech.split_long(regions, probabilities, _LONGEST_BLOCK_S)
        total = sum(block.duration for block in blocks)
        words: list[Word] = []
        done = 0.0
        for block, found in self._decode(audio, blocks):
            words += [_word(block, word) for word in found]
            done += block.duration
            progress(_DETECTION_SHARE + (1 - _DETECTION_SHARE) * done / total)
        return Transcription(language=_LANGUAGE, words=tuple(words), warnings=tuple(warnings))

    def _decode(self, audio: AudioReader, blocks: list[Region]) -> Iterator[tuple[Region, list[BlockWord]]]:
        """Each block with its words, in order; only a few blocks are under way at a time."""
        under_way: deque[tuple[Region, Future[list[BlockWord]]]] = deque()
        for block in blocks:
            if len(under_way) > 2 * self._threads:
                first, future = under_way.popleft()
                yield first, future.result()
            under_way.append((block, self._pool.submit(decode_block, _pcm(audio, block))))
        for block, future in under_way:
            yield block, future.result()


@contextmanager
def _deaths_told() -> Iterator[None]:
    """A pool that lost a process finishes nothing of what it has, and refuses new work."""
    try:
        yield
    except BrokenProcessPool as error:
        raise EngineBroken("a decoder's process ended unexpectedly") from error


def _pcm(audio: AudioReader, block: Region) -> bytes:
    """The block as 16-bit samples."""
    heard = audio.read(block.start, block.end)
    return (np.clip(heard, -1, 1) * np.iinfo(np.int16).max).astype("<i2").tobytes()


def _word(block: Region, word: BlockWord) -> Word:
    """From the block's time to the recording's; the decoder's last frame may lie behind the block's end."""
    start = min(block.start + word.start, block.end)
    end = min(block.start + word.end, block.end)
    return Word(start=start, end=end, text=word.text, confidence=word.confidence)
