"""Models named on the command line: installed ones by name, others by their folder, which is added first."""

from collections.abc import Iterable
from pathlib import Path

from scribe.models import InstalledModel, Manifest, ModelStore
from scribe.models.catalogue import CATALOGUE, PYANNOTE, WHISPER
from scribe.models.errors import ModelBroken, ModelExists, ModelNotInstalled, ModelNotPulled, NotAModel
from scribe.models.hashing import is_as_recorded
from scribe.models.local import add, recognised
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

    Raises ModelNotInstalled, ModelNotPulled, ModelBroken, or what ``scribe.models.local.add`` raises.
    """
    folder = Path(named)
    name = _added(store, folder) if folder.is_dir() else named
    for model in store.installed():
        if model.name == name:
            return model
    for broken in store.broken():
        if broken.name == name:
            raise ModelBroken(name=name, reason=broken.reason)
    if "/" in named:
        raise NotAModel(folder=named, reason="there is no such folder")
    raise (ModelNotPulled if name in CATALOGUE else ModelNotInstalled)(name=name)


def _added(store: ModelStore, folder: Path) -> str:
    """The name under which exactly this folder is installed now. Raises ModelExists for another one's."""
    entry = recognised(folder)
    name = entry.name if entry else folder.resolve().name
    if not store.knows(name):
        return add(store, folder).name
    known = store.manifest(name)
    if known and store.is_whole(known) and not (known.files == entry.files if entry else _is(folder, known)):
        raise ModelExists(name=name)
    return name


def _is(folder: Path, known: Manifest) -> bool:
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    files = known.files
    return present == set(files) and all(is_as_recorded(folder / path, files[path]) for path in files)
