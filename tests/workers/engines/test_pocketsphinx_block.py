"""One decoder in a process of its own, block after block of a meeting."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest

from scribe.media.decoding import AudioReader
from scribe.settings import REPOSITORY
from scribe_worker.engines.pocketsphinx_block import decode_block, prepare

BLOCKS = ((0.0, 4.5), (5.0, 9.6), (9.6, 14.0))
"""Seconds."""


@pytest.fixture
def decoder() -> Iterator[ProcessPoolExecutor]:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn, initializer=prepare, initargs=(os.getpid(),)) as pool:
        yield pool


def test_the_words_of_a_block_do_not_depend_on_the_blocks_before_it(decoder: ProcessPoolExecutor) -> None:
    with AudioReader(REPOSITORY / "tests/data/whisper-meeting.flac") as audio:
        heard = [audio.read(*block) * np.iinfo(np.int16).max for block in BLOCKS]
    blocks = [samples.astype("<i2").tobytes() for samples in heard]

    forwards = list(decoder.map(decode_block, blocks))
    backwards = list(decoder.map(decode_block, reversed(blocks)))

    assert backwards[::-1] == forwards
