"""The checksum that a request announces for its bytes."""

import base64
import binascii
import hashlib
from typing import Final

from scribe_api.uploads.tus.errors import ChecksumMismatch, ChecksumUnknown

ALGORITHMS: Final = ("sha1", "sha256", "md5")


class Checksum:
    """Fed with the bytes as they come."""

    def __init__(self, algorithm: str, expected: bytes) -> None:
        self._hash = hashlib.new(algorithm, usedforsecurity=False)
        self._expected = expected

    def feed(self, chunk: bytes) -> None:
        """Count the bytes in."""
        self._hash.update(chunk)

    def verify(self) -> None:
        """Raises ChecksumMismatch."""
        if self._hash.digest() != self._expected:
            raise ChecksumMismatch


def read_checksum(header: str | None) -> Checksum | None:
    """What Upload-Checksum announces. Raises ChecksumUnknown."""
    if header is None:
        return None
    algorithm, _, encoded = header.partition(" ")
    try:
        expected = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ChecksumUnknown(algorithms=", ".join(ALGORITHMS)) from error
    if algorithm not in ALGORITHMS or not expected:
        raise ChecksumUnknown(algorithms=", ".join(ALGORITHMS))
    return Checksum(algorithm, expected)
