"""Models named on the command line: installed ones by name, others by their folder, which is added first."""

from collections.abc import Iterable
from pathlib import Path

from scribe.models import InstalledModel, ModelStore
from scribe.models.catalogue import PYANNOTE, WHISPER
from scribe.models.errors import ModelExists, ModelNotInstalled
from scribe.models.hashing import is_as_recorded
from scribe.models.local import add
from scribe.settings import Settings
from stack.cli.errors import ModelTwice

FIELDS = {WHISPER: "transcriber_model", PYANNOTE: "diariser_model"}
"""The field of the upload form that takes a model of each family."""


def chosen_models(settings: Settings, named: Iterable[str]) -> dict[str, str]:
    """The upload form's fields for these models, each for the engine of its family.

    Raises what ``choose`` raises, and ModelTwice for two models of one family.
    """
    fields: dict[str, str] = {}
    for name in named:
        model = choose(ModelStore(settings.models_folder), name)
        field = FIELDS[model.family]
        if field in fields:
            raise ModelTwice(first=fields[field], second=model.name)
        fields[field] = model.name
    return fields


def choose(store: ModelStore, named: str) -> InstalledModel:
    """The installed model of that name, or the model in that folder once it is added to the installed ones.

    Raises ModelNotInstalled, or what ``scribe.models.local.add`` raises.
    """
    folder = Path(named)
    name = folder.resolve().name if folder.is_dir() else named
    if folder.is_dir() and not _is_installed(store, folder, name):
        add(store, folder)
    found = [model for model in store.installed() if model.name == name]
    if not found:
        raise ModelNotInstalled(name=name)
    return found[0]


def _is_installed(store: ModelStore, folder: Path, name: str) -> bool:
    """Whether exactly this folder is installed already. Raises ModelExists for another one of that name."""
    known = [manifest for manifest in store.manifests() if manifest.name == name and store.is_whole(manifest)]
    if not known:
        return False
    files = known[0].files
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if present != set(files) or not all(is_as_recorded(folder / path, files[path]) for path in files):
        raise ModelExists(name=name)
    return True
