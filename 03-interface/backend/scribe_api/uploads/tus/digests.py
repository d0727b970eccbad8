"""SHA-256 on the way: this process remembers the hash of every upload whose bytes it has all seen.

No library saves the state of a hash for another process to go on with. An upload that moved between
instances is read back once when it is whole.
"""

import uuid
from collections import OrderedDict

from scribe.storage.digest import Digest

MOST = 1000


class Digests:
    """The hashes of uploads between their requests."""

    def __init__(self) -> None:
        self._kept: OrderedDict[uuid.UUID, Digest] = OrderedDict()

    def take(self, upload_id: uuid.UUID, received: int) -> Digest | None:
        """The hash of the first ``received`` bytes, where this process has seen them all."""
        if received == 0:
            return Digest()
        digest = self._kept.pop(upload_id, None)
        return digest if digest is not None and digest.size == received else None

    def forget(self, upload_id: uuid.UUID) -> None:
        """The upload has ended."""
        self._kept.pop(upload_id, None)

    def keep(self, upload_id: uuid.UUID, digest: Digest) -> None:
        """Remember the hash until the next request; of too many, the oldest are forgotten."""
        self._kept[upload_id] = digest
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
