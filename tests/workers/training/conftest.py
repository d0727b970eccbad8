"""Made-up speech for the tests of the training scripts: they need no synthesiser."""

import random

import numpy as np
import pytest

from fixtures.training.sentences import sentence
from fixtures.training.whisper.corpus import Utterance
from fixtures.training.whisper.tokens import Tokens, build_tokens

LETTER_S = 0.08


@pytest.fixture(scope="session")
def tokens() -> Tokens:
    """The tokeniser of seed 1."""
    return build_tokens(1)


@pytest.fixture(scope="session")
def corpus() -> list[Utterance]:
    """Twenty sentences: a letter takes 80 ms and sounds like noise."""
    rng, noise = random.Random(5), np.random.default_rng(5)  # noqa: S311 - to repeat it
    made = []
    for _ in range(20):
        said = sentence(rng)
        clock, words = 0.2, []
        for word in said.words:
            words.append((clock, clock + LETTER_S * len(word)))
            clock = words[-1][1]
        mel = noise.normal(-1, 1, (round((clock + 0.3) * 100), 80)).astype(np.float16)
        phones = (("pau", 0.0, 0.2), *(("ah", start, end) for start, end in words))
        made.append(Utterance(said, mel, tuple(words), phones))
    return made
