"""Tell what a file is by its first bytes; its name is only what somebody called it."""

from typing import Final

SNIFFED_BYTES: Final = 4096
"""How much of a file's beginning ``sniff`` wants to see."""
UNKNOWN_TYPE: Final = "application/octet-stream"
"""What bytes are stored as whose type is not known, or not known yet."""

_TS_PACKET = 188
_M2TS_PACKET = 192
_SYNC = 0x47
_LAYER_I = 3
"""Nobody records in it, and its frames would begin like UTF-16 text."""
_MAGIC: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"fLaC", "audio/flac"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"caff", "audio/x-caf"),
    (0, b"wvpk", "audio/x-wavpack"),
    (0, b".snd", "audio/basic"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"0&\xb2u\x8ef\xcf\x11\xa6\xd9\x00\xaa\x00b\xcel", "video/x-ms-asf"),
    (0, b"\x00\x00\x01\xba", "video/mpeg"),
    (0, b"\x00\x00\x01\xb3", "video/mpeg"),
    (0, b"riff.\x91\xcf\x11\xa5\xd6(\xdb\x04\xc1\x00\x00", "audio/x-w64"),
    (0, b"\x0bw", "audio/ac3"),
)
_RIFF: Final = {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_IFF: Final = {b"AIFF": "audio/aiff", b"AIFC": "audio/aiff"}
_MP4_AUDIO_BRANDS: Final = {b"M4A ", b"M4B ", b"M4P ", b"F4A "}
_MP4_TOP_BOXES: Final = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}


def sniff(head: bytes) -> str | None:
    """The content type of the audio or video file that begins with ``head``, or None.

    Text of any kind, playlists and ffconcat scripts among it, is None: nothing that could name other
    files is ever opened.
    """
    for offset, magic, content_type in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            return content_type
    for recognise in (_riff, _iff, _mp4, _mpeg_audio, _transport_stream):
        content_type_found = recognise(head)
        if content_type_found is not None:
            return content_type_found
    return None


def _riff(head: bytes) -> str | None:
    return _RIFF.get(head[8:12]) if head[:4] in (b"RIFF", b"RF64", b"BW64") else None


def _iff(head: bytes) -> str | None:
    return _IFF.get(head[8:12]) if head[:4] == b"FORM" else None


def _mp4(head: bytes) -> str | None:
    if head[4:8] not in _MP4_TOP_BOXES:
        return None
    brand = head[8:12]
    if head[4:8] == b"ftyp" and brand in _MP4_AUDIO_BRANDS:
        return "audio/mp4"
    return "video/quicktime" if brand == b"qt  " else "video/mp4"


def _mpeg_audio(head: bytes) -> str | None:
    """A raw MPEG audio or ADTS frame: a sync word and header fields that are not the reserved ones."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:  # noqa: PLR2004
        return None
    version, layer = (head[1] >> 3) & 3, (head[1] >> 1) & 3
    if layer == 0:
        return "audio/aac" if head[1] & 0xF6 == 0xF0 and (head[2] >> 2) & 15 < 13 else None  # noqa: PLR2004
    bitrate, rate = head[2] >> 4, (head[2] >> 2) & 3
    reserved = version == 1 or bitrate == 15 or rate == 3  # noqa: PLR2004
    return None if reserved or layer == _LAYER_I else "audio/mpeg"


def _transport_stream(head: bytes) -> str | None:
    for packet, offset in ((_TS_PACKET, 0), (_M2TS_PACKET, 4)):
        syncs = head[offset : offset + packet * 4 : packet]
        if len(syncs) > 1 and set(syncs) == {_SYNC}:
            return "video/mp2t"
    return None
