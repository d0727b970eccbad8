"""Get every frame out of a recording that can be got, past what is damaged. Runs in the child only."""

from collections.abc import Iterator, Sequence
from typing import Final

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream

from scribe.media.container import audio_stream, can_be_heard

_MOST_DAMAGES: Final = 100_000
_MOST_IN_A_ROW: Final = 100
"""A demuxer that fails so often without a packet between will not find its way back."""


class Demuxed:
    """The audio of a container, with what was met on the way.

    streams: those to listen to; by default the one that counts
    damaged: places that could not be read or decoded; position: bytes of the file read so far;
    reached: seconds from the container's start up to which anything, video included, was found
    """

    def __init__(self, container: InputContainer, streams: Sequence[AudioStream] = ()) -> None:
        self._container = container
        self._streams = {stream.index: stream for stream in streams or (audio_stream(container),)}
        self._start = (container.start_time or 0) / av.time_base
        self.damaged = 0
        self.position = 0
        self.reached = 0.0

    def frames(self) -> Iterator[AudioFrame]:
        """Every frame that can be decoded; what cannot is counted and passed over."""
        return (frame for _, frame in self.indexed_frames())

    def indexed_frames(self) -> Iterator[tuple[int, AudioFrame]]:
        """The same, with the index of the stream that each one belongs to."""
        for packet in self._packets():
            stream = self._streams[packet.stream.index]
            try:
                for frame in stream.decode(packet):
                    if can_be_heard(frame.sample_rate, frame.layout.nb_channels):
                        yield stream.index, frame
                    else:
                        self.damaged += 1
            except av.error.FFmpegError:
                self.damaged += 1

    def _packets(self) -> Iterator["Packet[Stream]"]:
        in_a_row = 0
        packets = self._container.demux()
        while self.damaged < _MOST_DAMAGES and in_a_row < _MOST_IN_A_ROW:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError:
                self.damaged += 1
                in_a_row += 1
                packets = self._container.demux()
                continue
            if packet is None:
                return
            in_a_row = 0
            self._note(packet)
            if packet.stream.index in self._streams:
                yield packet

    def _note(self, packet: "Packet[Stream]") -> None:
        if packet.pos is not None:
            self.position = max(self.position, packet.pos)
        if packet.pts is not None and packet.time_base is not None:
            end = (packet.pts + (packet.duration or 0)) * packet.time_base
            self.reached = max(self.reached, float(end) - self._start)
