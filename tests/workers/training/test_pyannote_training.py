"""The conversations that the tiny pyannote pipeline is trained with, and its PLDA."""

import numpy as np
import pytest

from fixtures.training.pyannote.mixtures import (
    FRAMES,
    Activity,
    Bank,
    Conversation,
    Utterance,
    converse,
    in_a_room,
)
from fixtures.training.pyannote.plda import Matrix, fit_plda
from fixtures.training.voices import RATE, Speaker

SECONDS = 30


@pytest.fixture(scope="session")
def bank() -> Bank:
    """Three speakers, each a tone; an utterance lasts two seconds."""
    clock = np.arange(2 * RATE) / RATE
    tones = [np.sin(2 * np.pi * pitch * clock).astype(np.float32) for pitch in (200, 300, 400)]
    speakers = [Speaker("tone", pitch=pitch) for pitch in (200, 300, 400)]
    return Bank(speakers, [[Utterance(tone, np.ones(2 * FRAMES, np.bool_))] for tone in tones])


def talk(bank: Bank, seed: int = 1, *, overlap: float = 0.5) -> Conversation:
    return converse(bank, [0, 1, 2], SECONDS, np.random.default_rng(seed), overlap=overlap)


def test_a_conversation_sounds_exactly_where_somebody_is_active(bank: Bank) -> None:
    made = talk(bank)
    loud = np.abs(made.samples.reshape(-1, RATE // FRAMES)).max(axis=1) > 0

    np.testing.assert_array_equal(loud, made.active.any(axis=1))


def test_speakers_overlap_only_where_it_is_asked_for(bank: Bank) -> None:
    assert talk(bank, overlap=0.9).active.sum(axis=1).max() > 1
    assert talk(bank, overlap=0.0).active.sum(axis=1).max() == 1


def test_a_seed_always_gives_the_same_conversation(bank: Bank) -> None:
    np.testing.assert_array_equal(talk(bank, 1).samples, talk(bank, 1).samples)
    assert talk(bank, 1).turns() != talk(bank, 2).turns()


def test_turns_bridge_short_pauses_and_keep_long_ones() -> None:
    active: Activity = np.zeros((300, 2), np.bool_)
    active[10:50, 0] = active[70:100, 0] = active[200:300, 0] = True
    active[90:120, 1] = True

    turns = Conversation(np.zeros(300 * RATE // FRAMES, np.float32), active).turns()

    assert turns == [(0.1, 1.0, 0), (0.9, 1.2, 1), (2.0, 3.0, 0)]


def test_a_room_keeps_length_and_timing(bank: Bank) -> None:
    made = talk(bank)
    heard = in_a_room(made.samples, np.random.default_rng(1), echo=1.0, noise=0.0)

    assert heard.shape == made.samples.shape
    assert np.corrcoef(heard, made.samples)[0, 1] > 0.9


def test_plda_puts_speakers_apart_and_recordings_of_one_at_unit_distance() -> None:
    rng = np.random.default_rng(1)
    speakers = np.repeat(np.arange(40), 30)
    embeddings = rng.normal(0, 3, (40, 64))[speakers] + rng.normal(0, 1, (len(speakers), 64))

    plda = fit_plda(embeddings, speakers)

    projected = np.sqrt(64) * unit(embeddings - plda.mean1) @ plda.lda
    latent = (np.sqrt(32) * unit(projected - plda.mean2) - plda.mu) @ plda.tr.T
    means = np.stack([latent[speakers == one].mean(0) for one in range(40)])
    within = np.cov((latent - means[speakers]).T, bias=True)
    np.testing.assert_allclose(np.diag(within), 1, atol=0.01)
    np.testing.assert_allclose(np.cov(means.T, bias=True), np.diag(plda.psi), atol=0.01 * plda.psi.max())
    assert (np.diff(plda.psi) <= 0).all()


def unit(vectors: Matrix) -> Matrix:
    lengths: Matrix = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / lengths
