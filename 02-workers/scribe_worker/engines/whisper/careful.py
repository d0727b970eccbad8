"""Decoding that does not give up: a block that fails, repeats itself or misses speech is tried again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from traceback import clear_frames

from scribe.media.info import SAMPLE_RATE
from scribe_worker.engines.speech import Region
from scribe_worker.engines.verdict import gpu_failed, ran_out_of_memory
from scribe_worker.engines.whisper.blocks import Block
from scribe_worker.engines.whisper.decoder import Decoded, Decoder, Manner, Samples
from scribe_worker.engines.whisper.doubts import IMPROBABLE, REPETITIVE, UNSURE, unheard
from scribe_worker.engines.whisper.timing import unsqueezed

_ROOM_S = 0.2
"""Around speech that was passed over: its onset belongs to the word."""

_DECODER_ERRORS = (RuntimeError, ValueError, IndexError)
"""What CTranslate2, faster-whisper's timing of words and NumPy raise over one block's sound."""


@dataclass(frozen=True)
class Failure:
    """A block that could not be decoded, and why."""

    block: Block
    error: Exception


class Careful:
    """A decoder with a second look at each of its results.

    speech: the part of the speech that the detector heard between two times of the recording
    """

    def __init__(
        self, decoder: Decoder, manner: Manner, speech: Callable[[float, float], list[Region]]
    ) -> None:
        self._decoder = decoder
        self._manner = manner
        self._speech = speech

    def batch(self, blocks: Sequence[Block], heard: Sequence[Samples]) -> Iterator[Decoded | Failure]:
        """Each block of a batch in one language, decoded; errors of memory or GPU are raised."""
        try:
            first = self._decoder.together(blocks, heard, self._manner)
        except _DECODER_ERRORS as error:
            _raise_if_general(error)
            for block, samples in zip(blocks, heard, strict=True):
                yield self.alone(block, samples)
        else:
            for decoded, samples in zip(first, heard, strict=True):
                yield self._again(decoded, samples)

    def alone(self, block: Block, heard: Samples, before: str = "") -> Decoded | Failure:
        """One block by itself, after the text ``before``."""
        try:
            decoded = self._decoder.alone(block, heard, self._manner, before)
        except _DECODER_ERRORS as error:
            _raise_if_general(error)
            clear_frames(error.__traceback__)  # they hold the samples
            return Failure(block, error)
        return self._completed(decoded, heard)

    def _again(self, decoded: Decoded, heard: Samples) -> Decoded:
        """Instead of a repetitive or improbable text the better one of two attempts."""
        if _sound(decoded) or len(self._manner.temperatures) == 1:
            return self._completed(decoded, heard)
        second = self._second(decoded.block, heard)
        better = second is not None and (_sound(second), second.log_probability) > (
            _sound(decoded),
            decoded.log_probability,
        )
        return self._completed(second if second is not None and better else decoded, heard)

    def _completed(self, decoded: Decoded, heard: Samples) -> Decoded:
        """With the words of stretches that were passed over, where the model is sure of them.

        Whisper at times ends a block before its last sentence, small models more often.
        """
        block, words = decoded.block, decoded.words
        for gap in unheard(self._speech(block.start, block.end), decoded.words):
            moved = unsqueezed(words, gap)
            if moved is not None:
                words = moved
                continue
            start, end = max(block.start, gap.start - _ROOM_S), min(block.end, gap.end + _ROOM_S)
            first, last = (round((second - block.start) * SAMPLE_RATE) for second in (start, end))
            found = self._second(Block(start, end, block.language), heard[first:last])
            if found is not None and found.words and _sound(found) and _confidence(found) >= UNSURE:
                words = tuple(sorted((*words, *found.words), key=lambda word: word.start))
        return replace(decoded, words=words)

    def _second(self, block: Block, heard: Samples) -> Decoded | None:
        """A further attempt; where it fails, the first one stands."""
        try:
            return self._decoder.alone(block, heard, self._manner)
        except _DECODER_ERRORS as error:
            _raise_if_general(error)
            return None


def _sound(decoded: Decoded) -> bool:
    return decoded.compression <= REPETITIVE and decoded.log_probability >= IMPROBABLE


def _confidence(decoded: Decoded) -> float:
    return sum(word.confidence for word in decoded.words) / len(decoded.words)


def _raise_if_general(error: Exception) -> None:
    """CTranslate2 raises RuntimeError for memory and the GPU, too; the worker has an answer to those."""
    if ran_out_of_memory(error) or gpu_failed(error):
        raise error
