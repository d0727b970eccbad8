"""What the media child and its parent say to each other, over the frames of ``scribe.child``."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from scribe.media.info import MediaInfo
from scribe.settings import MediaSettings
from scribe.transcript.document import Notice


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Probe(_Message):
    """Order: read the header of a recording of ``size`` bytes that the parent serves in ranges."""

    type: Literal["probe"] = "probe"
    size: int
    limits: MediaSettings


class Convert(_Message):
    """Order: convert the file."""

    type: Literal["convert"] = "convert"
    source: Path
    out: Path
    limits: MediaSettings


class Wanted(_Message):
    """Question: the bytes from ``start`` to ``end``; the answer is a frame of bytes."""

    type: Literal["wanted"] = "wanted"
    start: int
    end: int


class Progressed(_Message):
    """News: the share that is done, 0-1."""

    type: Literal["progressed"] = "progressed"
    share: float


class Finished(_Message):
    """The end, a good one."""

    type: Literal["finished"] = "finished"
    media: MediaInfo
    warnings: tuple[Notice, ...] = ()


class Refused(_Message):
    """The end: the recording cannot be used; ``code`` names the error class."""

    type: Literal["refused"] = "refused"
    code: str
    detail: dict[str, JsonValue]


Order = Annotated[Probe | Convert, Field(discriminator="type")]
Reply = Annotated[Wanted | Progressed | Finished | Refused, Field(discriminator="type")]
ORDERS: TypeAdapter[Probe | Convert] = TypeAdapter(Order)
REPLIES: TypeAdapter[Wanted | Progressed | Finished | Refused] = TypeAdapter(Reply)
