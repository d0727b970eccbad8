"""Read a recording's header and prove that some of it can be decoded. Runs in the child only."""

import io
from typing import Final

import av
from av.container import InputContainer

from scribe.media.container import describe, open_container
from scribe.media.errors import CorruptMedia, MediaTooLong, MediaTooShort
from scribe.media.info import MediaInfo
from scribe.settings import MediaSettings

_READ_AHEAD: Final = 256 * 1024
_PROBED_PACKETS: Final = 400


def probe_file(file: io.RawIOBase, size: int, limits: MediaSettings) -> MediaInfo:
    """What the header says. Raises the errors of ``scribe.media.errors``."""
    with open_container(io.BufferedReader(file, _READ_AHEAD)) as container:
        info = describe(container, size)
        if info.duration is not None and info.duration > limits.max_duration_hours * 3600:
            raise MediaTooLong(limit=limits.max_duration_hours)
        if info.duration is not None and info.duration < limits.min_duration_s:
            raise MediaTooShort(seconds=info.duration, limit=limits.min_duration_s)
        if not _decodes(container):
            raise CorruptMedia
    return info


def _decodes(container: InputContainer) -> bool:
    packets = container.demux(container.streams.audio[0])
    for _ in range(_PROBED_PACKETS):
        try:
            packet = next(packets, None)
            if packet is None:
                return False
            if packet.decode():
                return True
        except av.error.FFmpegError:
            continue
    return False
