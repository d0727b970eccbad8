"""How long a FLAC recording is, from its header: limits on time need it before anything is decoded."""

from pathlib import Path

_MAGIC = b"fLaC"
_STREAMINFO_AT = 8
_HEADER = _STREAMINFO_AT + 18


def flac_duration(path: Path) -> float | None:
    """Seconds, from the STREAMINFO block (RFC 9639, section 8.2); None where it does not tell.

    OSError when the file cannot be read.
    """
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        return None
    # Byte 10 of STREAMINFO begins: 20 bits sample rate, 3 bits channels, 5 bits depth, 36 bits samples.
    packed = int.from_bytes(header[_STREAMINFO_AT + 10 :], "big")
    rate, samples = packed >> 44, packed & (1 << 36) - 1
    return samples / rate if rate and samples else None
