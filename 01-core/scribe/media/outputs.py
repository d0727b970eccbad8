"""The three files that a conversion writes side by side. Runs in the child only."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import av
import numpy as np
from av.audio.frame import AudioFrame

from scribe.media.info import SAMPLE_RATE
from scribe.media.peaks import Peaks
from scribe.media.resampling import Resampling

_AAC_RATES: Final = (16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
_AAC_BITRATE: Final = {False: 64_000, True: 128_000}
_AAC_OPTIONS: Final = {"aac_coder": "fast"}
"""Half the time of the default coder, and for speech at these bitrates nobody hears the difference."""


class Outputs:
    """Open from ``with`` on; the files are whole when the block ends without an error.

    ``samples`` is how many samples of 16 kHz audio have been written.
    """

    def __init__(self, audio: Path, playback: Path, peaks: Path, sample_rate: int, *, stereo: bool) -> None:
        self.samples = 0
        self._paths = (audio, playback, peaks)
        self._rate = next((rate for rate in _AAC_RATES if rate >= sample_rate), _AAC_RATES[-1])
        self._stereo = stereo
        self._peaks = Peaks()

    def __enter__(self) -> Self:
        audio, playback, _ = self._paths
        layout = "stereo" if self._stereo else "mono"
        self._flac = av.open(str(audio), "w", format="flac")
        self._flac_stream = self._flac.add_stream("flac", rate=SAMPLE_RATE, layout="mono")
        self._aac = av.open(str(playback), "w", format="ipod", options={"movflags": "+faststart"})
        self._aac_stream = self._aac.add_stream("aac", rate=self._rate, layout=layout, options=_AAC_OPTIONS)
        self._aac_stream.bit_rate = _AAC_BITRATE[self._stereo]
        self._to_flac = Resampling("s16", "mono", SAMPLE_RATE)
        # Integers, since the encoder refuses the infinities and NaN that a float recording may hold.
        self._to_aac = Resampling("s16", layout, self._rate)
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

    def write(self, frame: AudioFrame) -> None:
        """Write a frame of any format for the browser and for the engines."""
        self._encode(self._to_aac.feed(frame))

    def write_silence(self, seconds: float) -> None:
        """Write what a recording left out."""
        for frame in _silence(seconds):
            self.write(frame)

    def _encode(self, played: Iterable[AudioFrame]) -> None:
        """The engines' audio is made from the browser's.

        A second resampler must not see the stranger's frame: where a recording does not say which channel
        is which, the first one writes its guess into the frame, and the second fails on the contradiction.
        """
        for frame in played:
            self._encode_heard(self._to_flac.feed(frame))
            self._aac.mux(self._aac_stream.encode(frame))

    def _encode_heard(self, heard: Iterable[AudioFrame]) -> None:
        for frame in heard:
            self._peaks.add(frame.to_ndarray()[0])
            self.samples += frame.samples
            self._flac.mux(self._flac_stream.encode(frame))

    def _finish(self) -> None:
        self._encode(self._to_aac.flush())
        self._encode_heard(self._to_flac.flush())
        self._aac.mux(self._aac_stream.encode(None))
        self._flac.mux(self._flac_stream.encode(None))
        self._paths[2].write_text(self._peaks.as_json())


def _silence(seconds: float) -> Iterator[AudioFrame]:
    """Frames of 16 kHz mono silence, a second at a time."""
    left = round(seconds * SAMPLE_RATE)
    while left > 0:
        count = min(left, SAMPLE_RATE)
        frame = AudioFrame.from_ndarray(np.zeros((1, count), np.int16), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        yield frame
        left -= count
