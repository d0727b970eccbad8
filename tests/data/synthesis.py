"""A meeting out of written lines: flite speaks them, and says when it placed every phone.

What `make_sample.py` and `make_whisper_meeting.py` share. It needs the `flite` speech synthesiser (on Debian:
`apt-get install flite`). A reference made here is the text that was given to flite, with the times at which
flite says it placed every phone; nothing is corrected by ear.
"""

import re
import shutil
import subprocess
import sys
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
import numpy.typing as npt

from scribe.evaluation.reference import Reference, ReferenceWord, SpeakerTurn

Samples = npt.NDArray[np.float32]

RATE = 16_000
SEED = 20_250_601
LEAD_IN_S = 0.8
LEAD_OUT_S = 1.0
EDGE_S = 0.04
SPEECH_RMS = 0.08
NOISE_RMS = 0.0012

VOICES = {"slt": "Clara", "rms": "Robert", "awb": "Alan", "kal16": "Karl"}


@dataclass(frozen=True)
class Line:
    """What one voice says, and after how many seconds; a negative gap talks over the one before."""

    voice: str
    gap_s: float
    text: str


@dataclass(frozen=True)
class Utterance:
    """A line as it was synthesised: float32 samples, and start and end of each word in seconds."""

    samples: Samples
    words: tuple[tuple[str, float, float], ...]


def flite(*arguments: str) -> str:
    """What flite prints."""
    done = subprocess.run(["flite", *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def phones_in(word: str, voice: str) -> int:
    """How many phones the voice speaks for one word."""
    return sum(phone != "pau" for phone in flite("-voice", voice, "-ps", "-t", word, "none").split())


def speak(line: Line, folder: Path) -> Utterance:
    """Synthesise a line, cut the silence around it and derive word times from the phone times."""
    path = folder / "line.wav"
    printed = flite("-voice", line.voice, "-psdur", "-t", line.text, "-o", str(path))
    with wave.open(str(path)) as recording:
        if (recording.getframerate(), recording.getnchannels()) != (RATE, 1):
            sys.exit(f"The voice {line.voice} does not speak 16 kHz mono.")
        pcm = np.frombuffer(recording.readframes(recording.getnframes()), dtype="<i2")

    phones: list[tuple[float, float]] = []
    before = 0.0
    for entry in printed.split():
        phone, _, end = entry.partition(":")
        if phone != "pau":
            phones.append((before, float(end)))
        before = float(end)

    spoken = re.findall(r"[a-z']+", line.text.lower())
    counts = [phones_in(word, line.voice) for word in spoken]
    if sum(counts) != len(phones):
        sys.exit(f"flite speaks a word of {line.text!r} differently alone: choose another word.")
    last = np.cumsum(counts)
    origin = phones[0][0] - EDGE_S
    words = tuple(
        (word, phones[end - count][0] - origin, phones[end - 1][1] - origin)
        for word, count, end in zip(spoken, counts, last.tolist(), strict=True)
    )
    cut = pcm[round(origin * RATE) : round((phones[-1][1] + EDGE_S) * RATE)].astype(np.float32)
    return Utterance(cut * np.float32(SPEECH_RMS / np.sqrt(np.mean(np.square(cut)))), words)


def room_noise(count: int, rng: np.random.Generator) -> Samples:
    """Steady noise whose power falls with frequency, as in a quiet room; float32 [count]."""
    spectrum = np.fft.rfft(rng.standard_normal(count))
    spectrum /= np.sqrt(np.maximum(np.arange(spectrum.size), 1) + count / 200)
    noise = np.fft.irfft(spectrum, count).astype(np.float32)
    return noise * np.float32(NOISE_RMS / np.sqrt(np.mean(np.square(noise))))


def write_flac(path: Path, samples: Samples) -> None:
    """Write float32 samples as 16-bit FLAC, without tags, so that the same input gives the same file."""
    pcm = np.clip(np.rint(samples * 32_768), -32_768, 32_767).astype(np.int16)
    with av.open(str(path), "w", format="flac", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("flac", rate=RATE, layout="mono", format="s16")
        for start in range(0, pcm.size, RATE):
            frame = av.AudioFrame.from_ndarray(
                pcm[np.newaxis, start : start + RATE], format="s16", layout="mono"
            )
            frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def record(meeting: Sequence[Line], path: Path) -> None:
    """Write the meeting as FLAC to ``path`` and its reference, as JSON, beside it."""
    if shutil.which("flite") is None:
        sys.exit("The speech synthesiser flite is missing. On Debian: apt-get install flite.")
    with TemporaryDirectory() as folder:
        utterances = [speak(line, Path(folder)) for line in meeting]

    starts: list[float] = []
    clock = LEAD_IN_S
    for line, utterance in zip(meeting, utterances, strict=True):
        starts.append(clock + line.gap_s)
        clock = starts[-1] + utterance.samples.size / RATE
    mix = room_noise(round((clock + LEAD_OUT_S) * RATE), np.random.default_rng(SEED))

    turns: list[SpeakerTurn] = []
    words: list[ReferenceWord] = []
    for line, utterance, start in zip(meeting, utterances, starts, strict=True):
        first = round(start * RATE)
        mix[first : first + utterance.samples.size] += utterance.samples
        spoken = [
            ReferenceWord(
                start=round(start + begin, 3), end=round(start + end, 3), speaker=line.voice, text=word
            )
            for word, begin, end in utterance.words
        ]
        words += spoken
        turns.append(SpeakerTurn(start=spoken[0].start, end=spoken[-1].end, speaker=line.voice))

    write_flac(path, mix)
    reference = Reference(
        language="en",
        duration=round(mix.size / RATE, 3),
        speakers={voice: VOICES[voice] for voice in VOICES if voice in {line.voice for line in meeting}},
        turns=tuple(turns),
        words=tuple(words),
    )
    path.with_suffix(".json").write_text(reference.model_dump_json(indent=1) + "\n", encoding="utf-8")
