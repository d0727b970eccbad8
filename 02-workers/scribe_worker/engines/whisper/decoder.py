"""The model itself: what faster-whisper is asked, and what it answers in this package's terms.

Heavy to import: only ever imported in an engine's process.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import ctranslate2
import numpy as np
import numpy.typing as npt
from faster_whisper import BatchedInferencePipeline, WhisperModel

from scribe.media.info import SAMPLE_RATE
from scribe_worker.engines.base import Plan, Task, Word
from scribe_worker.engines.whisper.blocks import Block
from scribe_worker.engines.whisper.doubts import compression_ratio
from scribe_worker.engines.whisper.glossary import MOST_TOKENS, Glossary
from scribe_worker.engines.whisper.languages import Heard

Samples = npt.NDArray[np.float32]

_SEED = 0
"""For sampling, where the temperature is above 0. CTranslate2's threads take it once: a recording gives
the same words in every fresh process; after others were sampled, doubtful stretches may differ."""


@dataclass(frozen=True)
class Decoded:
    """What was understood of a block; times are the recording's.

    log_probability: mean over the tokens; compression: how well the text packs, high where it repeats itself
    """

    block: Block
    words: tuple[Word, ...]
    log_probability: float
    compression: float

    @property
    def text(self) -> str:
        """The words, with spaces."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True)
class Manner:
    """How to decode."""

    task: Task
    beam_size: int
    temperatures: tuple[float, ...]
    glossary: Glossary


class Decoder:
    """A loaded model. Errors are those of CTranslate2 and faster-whisper, as they come."""

    def __init__(self, plan: Plan, threads: int) -> None:
        self._model = WhisperModel(
            str(plan.path),
            device=plan.device,
            compute_type=plan.compute_type,
            cpu_threads=threads,
            local_files_only=True,
        )
        self._pipeline = BatchedInferencePipeline(self._model)
        ctranslate2.set_random_seed(_SEED)

    @property
    def compute_type(self) -> str:
        """The precision that is really used: CTranslate2 replaces what a processor cannot do."""
        return str(self._model.model.compute_type)

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages that the model knows."""
        return tuple(self._model.supported_languages)

    def tokens(self, text: str) -> int:
        """How many tokens the model makes of ``text``."""
        return len(self._ids(text))

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._model.hf_tokenizer.encode(f" {text}", add_special_tokens=False).ids
        return ids

    def detect(self, heard: Sequence[Samples]) -> list[Heard]:
        """The probability of every language in stretches of at most 30 s, at least one: one batch."""
        extract = self._model.feature_extractor
        frames = extract.nb_max_frames
        features = np.stack([_fit(extract(samples), frames) for samples in heard])
        results = self._model.model.detect_language(self._model.encode(features))
        return [
            {token.strip("<|>"): float(probability) for token, probability in result} for result in results
        ]

    def together(self, blocks: Sequence[Block], heard: Sequence[Samples], manner: Manner) -> list[Decoded]:
        """Decode blocks of one language as one batch, at the first temperature.

        heard: the samples of each block
        """
        starts, audio = _side_by_side(heard)
        clips = [
            {"start": start, "end": start + samples.size / SAMPLE_RATE}
            for start, samples in zip(starts, heard, strict=True)
        ]
        segments, _ = self._pipeline.transcribe(
            audio,
            clip_timestamps=clips,
            vad_filter=False,
            batch_size=len(blocks),
            temperature=manner.temperatures[0],
            initial_prompt=manner.glossary.prompt,
            **_common(blocks[0], manner),
        )
        by_block: dict[int, list[_Segment]] = {start: [] for start in starts}
        for segment in segments:
            by_block[segment.seek // self._model.frames_per_second].append(segment)
        return [
            _decoded(block, by_block[start], start, manner)
            for block, start in zip(blocks, starts, strict=True)
        ]

    def alone(self, block: Block, heard: Samples, manner: Manner, before: str = "") -> Decoded:
        """Decode one block, at the next temperature whenever the text is repetitive or improbable.

        before: what was said before it; its end takes the place of the glossary's prompt
        """
        segments, _ = self._model.transcribe(
            heard,
            vad_filter=False,
            temperature=list(manner.temperatures),
            initial_prompt=self._ids(before)[-MOST_TOKENS:] if before else manner.glossary.prompt,
            condition_on_previous_text=bool(before),
            **_common(block, manner),
        )
        return _decoded(block, segments, 0, manner)


class _Timed(Protocol):
    """faster-whisper's word: seconds, and a probability."""

    word: str
    start: float
    end: float
    probability: float


class _Segment(Protocol):
    """faster-whisper's segment; ``seek`` counts hundredths of a second."""

    seek: int
    text: str
    tokens: list[int]
    avg_logprob: float
    words: list[_Timed] | None


def _common(block: Block, manner: Manner) -> dict[str, Any]:
    return {
        "language": block.language,
        "task": manner.task,
        "beam_size": manner.beam_size,
        "hotwords": manner.glossary.hotwords,
        "word_timestamps": True,
        "without_timestamps": True,
    }


def _fit(features: npt.NDArray[np.float32], frames: int) -> npt.NDArray[np.float32]:
    """Exactly as many frames as the encoder takes."""
    cut = features[:, :frames]
    return np.pad(cut, ((0, 0), (0, frames - cut.shape[1])))


def _side_by_side(heard: Sequence[Samples]) -> tuple[list[int], Samples]:
    """All samples in one array, each from a whole second on, and those seconds: they identify the block."""
    starts: list[int] = []
    padded: list[Samples] = []
    second = 0
    for samples in heard:
        seconds = samples.size // SAMPLE_RATE + 1
        starts.append(second)
        padded.append(np.pad(samples, (0, seconds * SAMPLE_RATE - samples.size)))
        second += seconds
    return starts, np.concatenate(padded)


def _decoded(block: Block, segments: Iterable[_Segment], origin: float, manner: Manner) -> Decoded:
    """origin: where the block begins in the audio that the model was given, seconds."""
    found = list(segments)
    language = "en" if manner.task == "translate" else block.language
    words = [
        _word(timed, block, origin, language)
        for segment in found
        for timed in segment.words or ()
        if timed.word.strip()
    ]
    tokens = sum(len(segment.tokens) for segment in found)
    total = sum(segment.avg_logprob * len(segment.tokens) for segment in found)
    return Decoded(
        block=block,
        words=tuple(words),
        log_probability=total / tokens if tokens else 0.0,
        compression=compression_ratio("".join(segment.text for segment in found)),
    )


def _word(timed: _Timed, block: Block, origin: float, language: str) -> Word:
    start = min(max(block.start, block.start + float(timed.start) - origin), block.end)
    end = min(max(start, block.start + float(timed.end) - origin), block.end)
    confidence = min(1.0, max(0.0, float(timed.probability)))
    return Word(start=start, end=end, text=timed.word.strip(), confidence=confidence, language=language)
