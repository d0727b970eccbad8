"""The three files that a conversion writes side by side. Runs in the child only."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from scribe.media.info import SAMPLE_RATE

_AAC_RATES: Final = (16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
_AAC_BITRATE: Final = {False: 64_000, True: 128_000}
_PEAKS_PER_SECOND: Final = 20
_MOST_PEAKS: Final = 36_000
_PEAK_SAMPLES: Final = SAMPLE_RATE // _PEAKS_PER_SECOND
_FULL_SCALE: Final = 32_768


class Outputs:
    """Open from ``with`` on; the files are whole when the block ends without an error."""

    def __init__(self, audio: Path, playback: Path, peaks: Path, sample_rate: int, *, stereo: bool) -> None:
        self._paths = (audio, playback, peaks)
        self._rate = next((rate for rate in _AAC_RATES if rate >= sample_rate), _AAC_RATES[-1])
        self._stereo = stereo
        self._peaks = _Peaks()

    def __enter__(self) -> Self:
        audio, playback, _ = self._paths
        self._flac = av.open(str(audio), "w", format="flac")
        self._flac_stream = self._flac.add_stream("flac", rate=SAMPLE_RATE, layout="mono")
        self._aac = av.open(str(playback), "w", format="ipod", options={"movflags": "+faststart"})
        layout = "stereo" if self._stereo else "mono"
        self._aac_stream = self._aac.add_stream("aac", rate=self._rate, layout=layout)
        self._aac_stream.bit_rate = _AAC_BITRATE[self._stereo]
        self._to_aac = AudioResampler(format="fltp", layout=layout, rate=self._rate)
        self._silence_to_aac = AudioResampler(format="fltp", layout=layout, rate=self._rate)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._flac.close()
            self._aac.close()

    def hear(self, frame: AudioFrame) -> int:
        """Write a frame of 16 kHz mono s16 for the engines; returns its samples."""
        frame.pts = None
        self._peaks.add(frame.to_ndarray()[0])
        self._flac.mux(self._flac_stream.encode(frame))
        return frame.samples

    def play(self, frame: AudioFrame) -> None:
        """Write a frame as it was recorded for the browser."""
        self._mux_aac(self._to_aac.resample(frame))

    def silence(self, seconds: float) -> int:
        """Write silence everywhere; returns its samples at 16 kHz."""
        samples = 0
        for frame in _silence(seconds):
            self._mux_aac(self._silence_to_aac.resample(frame))
            samples += self.hear(frame)
        return samples

    def _mux_aac(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            frame.pts = None
            self._aac.mux(self._aac_stream.encode(frame))

    def _finish(self) -> None:
        self._mux_aac(self._to_aac.resample(None))
        self._aac.mux(self._aac_stream.encode(None))
        self._flac.mux(self._flac_stream.encode(None))
        self._paths[2].write_text(self._peaks.as_json())


class _Peaks:
    """The loudest sample of each twentieth of a second, thinned out for long recordings."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.int16)
        self._found = bytearray()
        self._samples = 0

    def add(self, samples: np.ndarray[tuple[int, ...], np.dtype[np.int16]]) -> None:
        self._samples += samples.size
        joined = np.concatenate([self._rest, samples])
        whole = joined.size // _PEAK_SAMPLES * _PEAK_SAMPLES
        self._found += _loudest(joined[:whole].reshape(-1, _PEAK_SAMPLES))
        self._rest = joined[whole:]

    def as_json(self) -> str:
        """``peaks``: 0-255 each, ``per_second`` of them a second; ``duration`` in seconds."""
        if self._rest.size:
            self._found += _loudest(self._rest.reshape(1, -1))
            self._rest = self._rest[:0]
        peaks = np.frombuffer(bytes(self._found), np.uint8)
        step = max(1, -(-peaks.size // _MOST_PEAKS))
        padded = np.pad(peaks, (0, -peaks.size % step)).reshape(-1, step).max(axis=1, initial=0)
        return json.dumps(
            {
                "version": 1,
                "duration": round(self._samples / SAMPLE_RATE, 3),
                "per_second": _PEAKS_PER_SECOND / step,
                "peaks": padded.tolist(),
            },
            separators=(",", ":"),
        )


def _loudest(windows: np.ndarray[tuple[int, ...], np.dtype[np.int16]]) -> bytes:
    loudest = np.abs(windows.astype(np.int32)).max(axis=1, initial=0)
    return bytes((loudest * 255 // _FULL_SCALE).astype(np.uint8))


def _silence(seconds: float) -> Iterator[AudioFrame]:
    """Frames of 16 kHz mono silence, a second at a time."""
    left = round(seconds * SAMPLE_RATE)
    while left > 0:
        count = min(left, SAMPLE_RATE)
        frame = AudioFrame.from_ndarray(np.zeros((1, count), np.int16), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        yield frame
        left -= count
