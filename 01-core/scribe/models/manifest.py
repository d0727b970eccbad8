"""What is known of an installed model: written last when it is installed, and read to check it."""

from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

ModelName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]


def _stays_inside(path: str) -> str:
    pure = PurePosixPath(path)
    if pure.is_absolute() or not pure.parts or ".." in pure.parts or "\\" in path:
        raise ValueError(f"{path!r} leads out of its folder")
    return path


RelativePath = Annotated[str, AfterValidator(_stays_inside)]
"""A path below some folder, with slashes; it cannot lead out of it."""


class FileRecord(BaseModel):
    """How a file must be; ``size`` in bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """A model and its files.

    path: the model's folder, relative to the store's
    repo, revision: where it came from on the hub; None for one that was added from a folder
    files: by their path relative to the model's folder
    verified_at: when all checksums were last found right
    damaged: the files that were not, the last time somebody looked; such a model is not offered to engines
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ModelName
    family: str
    path: RelativePath
    repo: str | None = None
    revision: str | None = None
    license: str | None = None
    files: dict[RelativePath, FileRecord] = Field(min_length=1)
    verified_at: datetime | None = None
    damaged: tuple[RelativePath, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(record.size for record in self.files.values())
