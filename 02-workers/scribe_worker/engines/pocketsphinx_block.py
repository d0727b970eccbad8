"""What a PocketSphinx process of the pool does: hold one decoder, decode one block after another."""

import re
from dataclasses import dataclass, field
from typing import Any

from scribe.child.lifeline import die_with_parent
from scribe.media.info import SAMPLE_RATE

_FRAMES_PER_SECOND = 100
_VARIANT = re.compile(r"\(\d+\)$")
_FILLERS = ("<", "[", "+")
_FIRST_PERSON = re.compile(r"^i(?=$|')")


@dataclass(frozen=True)
class BlockWord:
    """One word; times in seconds from the start of its block."""

    start: float
    end: float
    text: str
    confidence: float


@dataclass
class _Process:
    """This process's decoder, once it is prepared."""

    decoder: Any = field(default=None)


_PROCESS = _Process()


def prepare(parent: int) -> None:
    """Load the model; the process ends when the one with the id ``parent`` does."""
    from pocketsphinx import Decoder  # noqa: PLC0415 - heavy: only in a process of the pool

    die_with_parent(parent)
    _PROCESS.decoder = Decoder(samprate=SAMPLE_RATE, loglevel="FATAL")


def decode_block(pcm: bytes) -> list[BlockWord]:
    """The words in a block of 16-bit, 16 kHz mono samples.

    The whole block is given at once, so that its own mean spectrum is taken off: that adapts the model to
    voice and microphone. What was learnt of the noise in the block before is forgotten, so that the words of
    a block do not depend on which process decodes it after which other.
    """
    if not pcm:
        return []
    decoder = _PROCESS.decoder
    decoder.reinit_feat()
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()
    if decoder.hyp() is None:
        return []
    return [
        BlockWord(
            start=segment.start_frame / _FRAMES_PER_SECOND,
            end=(segment.end_frame + 1) / _FRAMES_PER_SECOND,
            text=_spelt(segment.word),
            confidence=min(1.0, max(0.0, segment.prob)),
        )
        for segment in decoder.seg()
        if not segment.word.startswith(_FILLERS)
    ]


def _spelt(word: str) -> str:
    """The dictionary numbers variants of pronunciation, ``read(2)``, and knows no capitals."""
    return _FIRST_PERSON.sub("I", _VARIANT.sub("", word))
