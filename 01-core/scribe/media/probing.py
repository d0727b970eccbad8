"""Read a recording's header and prove that some of it can be decoded. Runs in the child only."""

import io
from typing import Final

import av
from av.container import InputContainer

from scribe.media.container import audio_stream, describe, open_container
from scribe.media.errors import CorruptMedia, MediaTooLong, MediaTooShort
from scribe.media.info import MediaInfo
from scribe.media.messages import Limits

_READ_AHEAD: Final = 256 * 1024
_PROBED_PACKETS: Final = 400


def probe_file(file: io.RawIOBase, size: int, limits: Limits) -> MediaInfo:
    """What the header says. Raises the errors of ``scribe.media.errors``.

    A header that promises too much is believed; whether there is too little is listened to.
    """
    with open_container(io.BufferedReader(file, _READ_AHEAD)) as container:
        info = describe(container, size)
        if info.duration is not None and info.duration > limits.max_duration_hours * 3600:
            raise MediaTooLong(limit=limits.max_duration_hours)
        _listen(container, limits.min_duration_s)
    return info


def _listen(container: InputContainer, least: float) -> None:
    """Decode until ``least`` seconds were heard; a few damaged packets do not matter."""
    packets = container.demux(audio_stream(container))
    heard = 0.0
    ended = False
    for _ in range(_PROBED_PACKETS):
        try:
            packet = next(packets, None)
            if packet is None:
                ended = True
                break
            heard += sum(frame.samples / frame.sample_rate for frame in packet.decode())
        except av.error.FFmpegError:
            continue
        if heard and heard >= least:
            return
    if not heard:
        raise CorruptMedia
    if ended:
        raise MediaTooShort(seconds=heard, limit=least)
