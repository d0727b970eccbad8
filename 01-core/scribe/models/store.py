"""The folder of models: which are installed, told by manifests that are written when all is in place."""

from pathlib import Path

from pydantic import ValidationError

from scribe.models.durable import replace
from scribe.models.installed import BrokenModel, InstalledModel
from scribe.models.manifest import Manifest

MANIFESTS = "manifests"
LOCAL = "local"
REINSTALL = {
    True: "Run `./manage.sh models pull {name}`.",
    False: "Run `./manage.sh models remove {name}` and add its folder anew.",
}
"""What to do about a model that is not whole, by whether it came from the hub."""


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

    def broken(self) -> tuple[BrokenModel, ...]:
        """The models that were installed and are not whole, by name; told without reading their files."""
        return tuple(
            BrokenModel(name=name, family=manifest.family if manifest else None, reason=reason)
            for name, manifest in self._records().items()
            if (reason := self._fault(name, manifest))
        )

    def find(self, name: str, family: str) -> InstalledModel | None:
        """The installed model of that name and family, or None."""
        return next(
            (model for model in self.installed() if model.name == name and model.family == family), None
        )

    def manifests(self) -> tuple[Manifest, ...]:
        """What was installed, by name, whether or not it is still whole; without those nobody can read."""
        return tuple(manifest for manifest in self._records().values() if manifest)

    def manifest(self, name: str) -> Manifest | None:
        """What was installed under that name; None also where nobody can read it."""
        return self._records().get(name)

    def knows(self, name: str) -> bool:
        """Whether there is a record of that model, readable or not."""
        return name in self._records()

    def place(self, manifest: Manifest) -> Path:
        """The folder of that model."""
        return self.folder / manifest.path

    def is_whole(self, manifest: Manifest) -> bool:
        """Whether the model looks usable; told without reading its files."""
        return not manifest.damaged and not self._missing(manifest)

    def record(self, manifest: Manifest) -> None:
        """Declare a model installed; whole or not at all, whenever the machine stops."""
        path = self._manifest_path(manifest.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
        replace(draft, path)

    def forget(self, name: str) -> None:
        """Declare a model not installed; its files stay."""
        self._manifest_path(name).unlink(missing_ok=True)

    def _manifest_path(self, name: str) -> Path:
        return self.folder / MANIFESTS / f"{name}.json"

    def _records(self) -> dict[str, Manifest | None]:
        return {path.stem: _read(path) for path in sorted((self.folder / MANIFESTS).glob("*.json"))}

    def _missing(self, manifest: Manifest) -> list[str]:
        """The files that are not there in their sizes."""
        place = self.place(manifest)
        return [path for path, record in manifest.files.items() if _size(place / path) != record.size]

    def _fault(self, name: str, manifest: Manifest | None) -> str | None:
        if manifest is None:
            return (
                f"The record {MANIFESTS}/{name}.json of the installed models cannot be read. "
                f"Remove it with `./manage.sh models remove {name}`, then pull or add the model again."
            )
        faulty = dict.fromkeys((*manifest.damaged, *self._missing(manifest)))
        if not faulty:
            return None
        step = REINSTALL[manifest.repo is not None].format(name=name)
        return f"Files are missing or not as they were installed ({', '.join(faulty)}). {step}"


def _read(path: Path) -> Manifest | None:
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    return manifest if manifest.name == path.stem else None


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
