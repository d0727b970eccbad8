"""What the media child and its parent say to each other, over the frames of ``scribe.child``.

Plain dataclasses: the child starts without pydantic. The parent, which must not trust a process that a
stranger's file may have taken over, validates what it hears (see ``scribe.media.replies``).
"""

from dataclasses import dataclass
from typing import Any, Final, Literal

from scribe.media.info import MediaInfo


@dataclass(frozen=True)
class Limits:
    """The numbers of ``MediaSettings``; ``timeout_s`` is that of the order they come with."""

    max_duration_hours: float
    min_duration_s: float
    timeout_s: float
    memory_mib: int


@dataclass(frozen=True)
class Probe:
    """Order: read the header of a recording of ``size`` bytes that the parent serves in ranges."""

    size: int
    limits: Limits
    type: Literal["probe"] = "probe"


@dataclass(frozen=True)
class Convert:
    """Order: convert the file at path ``source`` into the folder ``out``."""

    source: str
    out: str
    limits: Limits
    type: Literal["convert"] = "convert"


@dataclass(frozen=True)
class Split:
    """Order: write every channel of the file at path ``source`` into the folder ``out``."""

    source: str
    out: str
    limits: Limits
    type: Literal["split"] = "split"


@dataclass(frozen=True)
class Wanted:
    """Question: the bytes from ``start`` to ``end``; the answer is a frame of bytes."""

    start: int
    end: int
    type: Literal["wanted"] = "wanted"


@dataclass(frozen=True)
class Progressed:
    """News: the share that is done, 0-1."""

    share: float
    type: Literal["progressed"] = "progressed"


@dataclass(frozen=True)
class Warned:
    """What will be a ``Notice`` of the transcript."""

    code: str
    message: str


@dataclass(frozen=True)
class Finished:
    """The end, a good one."""

    media: MediaInfo
    warnings: tuple[Warned, ...] = ()
    type: Literal["finished"] = "finished"


@dataclass(frozen=True)
class Refused:
    """The end: the recording cannot be used; ``code`` names the error class."""

    code: str
    detail: dict[str, Any]
    type: Literal["refused"] = "refused"


Order = Probe | Convert | Split
_ORDERS: Final[dict[str, type[Order]]] = {"probe": Probe, "convert": Convert, "split": Split}


def order(message: Any) -> Order:
    """The order that the parent packed as a mapping; the child may trust it."""
    return _ORDERS[message["type"]](**{**message, "limits": Limits(**message["limits"])})
