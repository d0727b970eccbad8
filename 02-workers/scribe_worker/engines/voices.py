"""Cut speech into short windows and describe the voice in each of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from scribe.media.decoding import AudioReader
from scribe.media.info import SAMPLE_RATE
from scribe_worker.engines.ge2e_encoder import HOP, MARGIN, VoiceEncoder
from scribe_worker.engines.speech import Region

STEP_S = 0.4
_WINDOW_S = 1.6
_SHORTEST_S = 0.6
_STRETCH_S = 300.0
_BATCH = 64
_FRAMES_PER_SECOND = SAMPLE_RATE // HOP
_LEVEL = 10 ** (-30 / 10)
"""Mean power that every window is brought to: the encoder was trained at -30 dBFS and is not scale free."""

_MOST_GAIN = 1e4


@dataclass(frozen=True)
class Window:
    """A stretch of a region, seconds from the start of the audio; ``region`` counts regions from 0."""

    start: float
    end: float
    region: int

    @property
    def centre(self) -> float:
        """Seconds."""
        return (self.start + self.end) / 2


def cut(regions: list[Region], duration: float) -> list[Window]:
    """Windows of 1.6 s every 0.4 s or a little less, evenly over each region; one for a shorter region."""
    windows: list[Window] = []
    for number, region in enumerate(regions):
        if region.duration <= _WINDOW_S:
            middle, half = (region.start + region.end) / 2, max(region.duration, _SHORTEST_S) / 2
            windows.append(Window(max(0.0, middle - half), min(duration, middle + half), number))
            continue
        count = int(np.ceil((region.duration - _WINDOW_S) / STEP_S)) + 1
        starts = np.linspace(region.start, region.end - _WINDOW_S, count).tolist()
        windows += [Window(start, start + _WINDOW_S, number) for start in starts]
    return windows


def seconds_of(windows: list[Window]) -> npt.NDArray[np.float64]:
    """How much speech each window stands for, float64 [windows]: its neighbours cover the rest of it."""
    lengths = np.array([window.end - window.start for window in windows])
    return np.where(lengths < _WINDOW_S - 1e-6, lengths, STEP_S)


def describe(
    encoder: VoiceEncoder, audio: AudioReader, windows: list[Window], progress: Callable[[float], None]
) -> npt.NDArray[np.float32]:
    """A unit vector for the voice in each window, float32 [windows, 256].

    windows: sorted by start. Five minutes of the recording are held at a time, and the spectrogram of one
    batch: for a whole recording it would take gigabytes.
    """
    vectors = np.zeros((len(windows), 256), dtype=np.float32)
    done = 0
    for first, last in _stretches(windows):
        stretch = _Stretch(audio, windows[first:last])
        for batch in _batches(windows[first:last]):
            mels = torch.stack([stretch.mel(encoder, windows[first + number]) for number in batch])
            vectors[[first + number for number in batch]] = encoder.embed(mels)
            done += len(batch)
            progress(done / len(windows))
    return vectors


class _Stretch:
    """The samples that some neighbouring windows need, with silence around the recording."""

    def __init__(self, audio: AudioReader, windows: list[Window]) -> None:
        first = min(_first_frame(window) for window in windows) * HOP - MARGIN
        last = max(_first_frame(window) + _frames(window) for window in windows) * HOP + MARGIN
        heard = audio.read(max(0, first) / SAMPLE_RATE, last / SAMPLE_RATE)
        before = max(0, -first)
        self._samples = np.pad(heard, (before, last - first - before - heard.size))
        self._first = first

    def mel(self, encoder: VoiceEncoder, window: Window) -> torch.Tensor:
        """Mel frames of a window, float32 [frames, 40], brought to the level the encoder knows."""
        begin = _first_frame(window) * HOP - self._first
        length = _frames(window) * HOP
        power = float(np.mean(np.square(self._samples[begin : begin + length], dtype=np.float64)))
        heard = self._samples[begin - MARGIN : begin + length - HOP + MARGIN]
        return encoder.mel(heard) * min(_LEVEL / (power + 1e-10), _MOST_GAIN)


def _stretches(windows: list[Window]) -> Iterator[tuple[int, int]]:
    """Neighbouring windows within five minutes: number of the first, and of the one after the last."""
    first = 0
    for number, window in enumerate(windows):
        if window.end - windows[first].start > _STRETCH_S:
            yield first, number
            first = number
    yield first, len(windows)


def _batches(windows: list[Window]) -> Iterator[list[int]]:
    """Numbers of windows that are equally long, at most 64 together."""
    by_length: dict[int, list[int]] = {}
    for number, window in enumerate(windows):
        batch = by_length.setdefault(_frames(window), [])
        batch.append(number)
        if len(batch) == _BATCH:
            yield by_length.pop(_frames(window))
    yield from by_length.values()


def _frames(window: Window) -> int:
    return max(1, round((window.end - window.start) * _FRAMES_PER_SECOND))


def _first_frame(window: Window) -> int:
    return int(window.start * _FRAMES_PER_SECOND)
