"""The folder of models: which are installed, told by manifests that are written when all is in place."""

from pathlib import Path

import structlog
from pydantic import ValidationError

from scribe.models.installed import InstalledModel
from scribe.models.manifest import Manifest

log = structlog.get_logger(__name__)

MANIFESTS = "manifests"
LOCAL = "local"


class ModelStore:
    """The models in ``folder``: those of the hub in its cache layout, local ones under ``local``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def installed(self) -> tuple[InstalledModel, ...]:
        """The models that were whole when last verified and have all files in their sizes, by name."""
        return tuple(
            InstalledModel(
                name=found.name, family=found.family, path=self.place(found), revision=found.revision
            )
            for found in self.manifests()
            if self.is_whole(found)
        )

    def find(self, name: str, family: str) -> InstalledModel | None:
        """The installed model of that name and family, or None."""
        return next(
            (model for model in self.installed() if model.name == name and model.family == family), None
        )

    def manifests(self) -> tuple[Manifest, ...]:
        """What was installed, by name, whether or not it is still whole; unreadable ones are logged."""
        return tuple(
            manifest
            for path in sorted((self.folder / MANIFESTS).glob("*.json"))
            if (manifest := _read(path)) is not None
        )

    def place(self, manifest: Manifest) -> Path:
        """The folder of that model."""
        return self.folder / manifest.path

    def is_whole(self, manifest: Manifest) -> bool:
        """Whether the model looks usable; told without reading its files."""
        place = self.place(manifest)
        files = manifest.files.items()
        return not manifest.damaged and all(_size(place / path) == record.size for path, record in files)

    def record(self, manifest: Manifest) -> None:
        """Declare a model installed; whole or not at all, whenever the machine stops."""
        path = self._manifest_path(manifest.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
        draft.replace(path)

    def forget(self, manifest: Manifest) -> None:
        """Declare a model not installed; its files stay."""
        self._manifest_path(manifest.name).unlink(missing_ok=True)

    def _manifest_path(self, name: str) -> Path:
        return self.folder / MANIFESTS / f"{name}.json"


def _read(path: Path) -> Manifest | None:
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        log.warning("manifest_unreadable", path=str(path), reason=str(error))
        return None
    return manifest if manifest.name == path.stem else None


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
