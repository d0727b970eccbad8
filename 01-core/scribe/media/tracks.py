"""Keep the streams of a recording in step while each becomes channels of its own. Runs in the child only."""

from typing import Final, Protocol

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from scribe.media.channel_file import ChannelFile
from scribe.media.clock import LARGEST_GAP_S, SMALLEST_GAP_S, Clock, start_of
from scribe.media.info import SAMPLE_RATE
from scribe.media.resampling import Resampling

_MOST_BEHIND_S: Final = 30.0
"""A stream that has been absent for so long is silent: its frames are never stored so far from the others."""
_MOST_AHEAD_S: Final = 60.0
"""What goes on for so long after the first stream has ended belongs to nothing that was transcribed."""


class Tracks(Protocol):
    """The streams of one recording."""

    @property
    def position(self) -> int:
        """How far the first stream has come, in samples."""
        ...

    def write(self, index: int, frame: AudioFrame) -> None:
        """Take the next frame of the stream with that index."""
        ...

    def finish(self) -> None:
        """Write what was held back for frames that never came."""
        ...


class _Track:
    """Fills some channels of the file, one after the other, from one stream."""

    def __init__(self, file: ChannelFile, channels: range, resampling: Resampling) -> None:
        self._file = file
        self._channels = channels
        self._resampling = resampling

    @property
    def length(self) -> int:
        """Samples so far."""
        return self._file.length(self._channels[0])

    def write(self, frame: AudioFrame) -> None:
        """A frame without ``pts``; channels that it lacks stay silent."""
        for made in self._resampling.feed(frame):
            self._add(made)

    def write_silence(self, seconds: float) -> None:
        self.finish()
        for channel in self._channels:
            self._file.add(channel, np.zeros(round(seconds * SAMPLE_RATE), np.int16))

    def finish(self) -> None:
        for made in self._resampling.flush():
            self._add(made)

    def _add(self, made: AudioFrame) -> None:
        samples = made.to_ndarray().reshape(made.samples, -1).astype(np.int16, copy=False)
        for number, channel in enumerate(self._channels):
            known = number < samples.shape[1]
            self._file.add(channel, samples[:, number] if known else np.zeros(made.samples, np.int16))


class OneStream:
    """Each channel of the only stream becomes one of the file."""

    def __init__(self, file: ChannelFile, channels: int) -> None:
        # Packed samples: PyAV reads past the end of a planar frame's eighth channel.
        self._track = _Track(file, range(channels), Resampling("s16", None, SAMPLE_RATE))
        self._clock = Clock()

    @property
    def position(self) -> int:
        """Samples of every channel so far."""
        return self._track.length

    def write(self, _index: int, frame: AudioFrame) -> None:
        """Fill the holes as for audio.flac."""
        gap = self._clock.gap_before(frame)
        frame.pts = None
        if gap:
            self._track.write_silence(gap)
        self._track.write(frame)

    def finish(self) -> None:
        """Write what the resampler holds."""
        self._track.finish()


class SeveralStreams:
    """Each stream, mixed to one channel, becomes one of the file; the first one leads, as in audio.flac.

    The others are laid beside it by their time stamps, so that they stay in step where the leader's clock
    jumps, and where they begin late, pause or end early.

    begin: the time stamp of the leader's first frame, seconds
    """

    def __init__(self, file: ChannelFile, streams: list[AudioStream], begin: float) -> None:
        self._tracks = {
            stream.index: _Track(file, range(number, number + 1), Resampling("s16", "mono", SAMPLE_RATE))
            for number, stream in enumerate(streams)
        }
        self._leader = self._tracks[streams[0].index]
        self._clock = Clock()
        self._lag = begin
        """Seconds from the leader's position to its time stamps."""

    @property
    def position(self) -> int:
        """Samples of the leader so far."""
        return self._leader.length

    def write(self, index: int, frame: AudioFrame) -> None:
        """Put the frame where it belongs, or nowhere."""
        track = self._tracks[index]
        if track is self._leader:
            self._lead(frame)
        else:
            self._follow(track, frame)

    def finish(self) -> None:
        """Write what the resamplers hold."""
        for track in self._tracks.values():
            track.finish()

    def _lead(self, frame: AudioFrame) -> None:
        gap, start = self._clock.gap_before(frame), start_of(frame)
        frame.pts = None
        if gap:
            self._leader.write_silence(gap)
        if start is not None:
            self._lag = start - self._leader.length / SAMPLE_RATE
        self._leader.write(frame)
        for track in self._tracks.values():
            behind = (self._leader.length - track.length) / SAMPLE_RATE
            if behind > _MOST_BEHIND_S:
                track.write_silence(behind - _MOST_BEHIND_S / 2)

    def _follow(self, track: _Track, frame: AudioFrame) -> None:
        start = start_of(frame)
        if track.length > self._leader.length + _MOST_AHEAD_S * SAMPLE_RATE:
            return
        gap = 0.0 if start is None else start - self._lag - track.length / SAMPLE_RATE
        if gap < -SMALLEST_GAP_S:
            return
        frame.pts = None
        if SMALLEST_GAP_S < gap < LARGEST_GAP_S:
            track.write_silence(gap)
        track.write(frame)
