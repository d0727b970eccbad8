"""How fast words get their speakers: 100,000 words and 20,000 turns, against WhisperX's own function.

``milliseconds`` is the assignment of speakers to words; ``with_smoothing_milliseconds`` adds that of flips
inside sentences. ``agreement`` is the share of words to which both give the same speaker. The other words are
told apart: ``in_a_gap`` (no turn overlaps the word: ours takes the turn whose edge is nearest, theirs the one
whose middle is), ``summed`` (theirs adds up several turns of one speaker, ours takes the longest overlap with
one turn), ``ties`` (equal overlap: ours takes the earlier turn); what is left is ``unexplained``.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from scribe.settings import REPOSITORY
from scribe_worker.pipeline.fuse import assign_speakers
from scribe_worker.pipeline.smoothing import smooth_speakers
from scribe_worker.pipeline.spans import Turns, Words
from stack.bootstrap.install import uv_command, uv_environment

WORDS, TURNS, SPEAKERS = 100_000, 20_000, 6
SEED = 1
ROUNDS = 9
GOAL_MS = 50
PEER_PACKAGE = "whisperx==3.8.6"
PEER = Path(__file__).parent / "peers" / "whisperx_speakers.py"
SENTENCE_WORDS = 12

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Meeting:
    """Words and turns as engines give them, without their texts."""

    words: Words
    turns: Turns
    speakers: Ints


def bench() -> dict[str, float]:
    """The figures by name."""
    meeting = made_up()
    ends = np.arange(WORDS) % SENTENCE_WORDS == SENTENCE_WORDS - 1
    assigned = assign_speakers(meeting.words, meeting.turns)
    ours = meeting.speakers[assigned]
    theirs, peer_seconds = whisperx(meeting)
    seconds = median_seconds(lambda: assign_speakers(meeting.words, meeting.turns))
    smoothing = median_seconds(lambda: smooth_speakers(meeting.words, ends, ours))
    return {
        "milliseconds": seconds * 1000,
        "with_smoothing_milliseconds": (seconds + smoothing) * 1000,
        "whisperx_milliseconds": peer_seconds * 1000,
        "times_faster": peer_seconds / seconds,
        **compared(meeting, assigned, theirs),
    }


def ok(figures: dict[str, float]) -> bool:
    """Fast enough, and every difference from WhisperX is understood."""
    return figures["milliseconds"] < GOAL_MS and figures["unexplained"] == 0


def made_up() -> Meeting:
    """Seven hours of talk: words of 0.1 to 0.4 s with pauses, turns that overlap no others, some in gaps."""
    chance = np.random.default_rng(SEED)
    gaps = np.where(
        chance.random(WORDS) < 0.1, chance.exponential(0.6, WORDS), chance.exponential(0.02, WORDS)
    )
    lengths = chance.uniform(0.1, 0.4, WORDS)
    starts = np.cumsum(gaps + lengths) - lengths
    edges = np.sort(chance.uniform(0, starts[-1] + 1, 2 * TURNS))
    begin, end = edges[::2], edges[1::2].copy()
    touching = chance.random(TURNS - 1) < 0.5
    end[:-1][touching] = begin[1:][touching]
    speakers = chance.integers(0, SPEAKERS, TURNS)
    return Meeting(Words(starts, starts + lengths), Turns(begin, end), speakers)


def median_seconds(call: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return float(np.median(times))


def whisperx(meeting: Meeting) -> tuple[Ints, float]:
    """The speakers that WhisperX gives, and its seconds; it is installed into a folder that goes again."""
    with tempfile.TemporaryDirectory() as folder:
        packages, source, target = (
            Path(folder) / "packages",
            Path(folder) / "in.npz",
            Path(folder) / "out.npz",
        )
        install(packages)
        np.savez(
            source,
            words=np.stack([meeting.words.start, meeting.words.end], axis=1),
            turns=np.stack([meeting.turns.start, meeting.turns.end], axis=1),
            speakers=meeting.speakers,
        )
        environment = {**os.environ, "PYTHONPATH": str(packages), "PYANNOTE_METRICS_ENABLED": "0"}
        command = [sys.executable, "-W", "ignore", str(PEER), str(source), str(target)]
        subprocess.run(command, env=environment, check=True, stdout=sys.stderr)
        given = np.load(target)
        return given["speakers"], float(given["seconds"])


def install(folder: Path) -> None:
    """The package alone: what it needs of others is in the environment already."""
    venv = REPOSITORY / ".venv"
    environment = uv_environment(venv, os.environ)
    uv = uv_command(venv, environment)
    command = [*uv, "pip", "install", "--quiet", "--no-deps", "--target", str(folder), PEER_PACKAGE]
    subprocess.run(command, env=environment, check=True, stdout=sys.stderr)


def compared(meeting: Meeting, assigned: npt.NDArray[np.int32], theirs: Ints) -> dict[str, float]:
    """Shares of all words: those that agree, and the others by why they do not."""
    different = meeting.speakers[assigned] != theirs
    reasons = {"in_a_gap": 0, "summed": 0, "ties": 0, "unexplained": 0}
    for word in np.flatnonzero(different).tolist():
        reasons[why(meeting, word, int(assigned[word]), int(theirs[word]))] += 1
    return {
        "agreement": 1 - float(different.mean()),
        **{reason: count / WORDS for reason, count in reasons.items()},
    }


def why(meeting: Meeting, word: int, turn: int, their_speaker: int) -> str:
    start, end = meeting.words.start[word], meeting.words.end[word]
    first = int(np.searchsorted(meeting.turns.end, start, side="right"))
    behind = int(np.searchsorted(meeting.turns.start, end, side="left"))
    if behind <= first:
        return "in_a_gap"
    met = np.arange(first, behind)
    overlap = np.minimum(meeting.turns.end[met], end) - np.maximum(meeting.turns.start[met], start)
    of_speaker = np.bincount(meeting.speakers[met], weights=overlap, minlength=SPEAKERS)
    mine = overlap[met == turn].item()
    if of_speaker[their_speaker] > mine and overlap[meeting.speakers[met] == their_speaker].max() <= mine:
        return "summed"
    if np.isclose(of_speaker[their_speaker], of_speaker[meeting.speakers[turn]]):
        return "ties"
    return "unexplained"
