"""`models`: pull, add, list, verify and remove what the engines load."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

from scribe.models import Manifest, ModelStore
from stack.cli.configuration import load_settings
from stack.cli.model_list import ListedModel, everything
from stack.cli.servers import AsJson
from stack.cli.terminal import ExitCode, print_json, print_table, progress, results, say

MIB = 1 << 20

models = typer.Typer(
    help="The models that engines load: pull them once, and everything runs without a network.",
    no_args_is_help=True,
    add_completion=False,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="A model's name, as `models list` shows it.")]


def _store() -> ModelStore:
    return ModelStore(load_settings().models_folder)


@models.command("list")
def list_models(*, as_json: AsJson = False) -> None:
    """Show the models that are installed and those that can be pulled."""
    rows = everything(_store())
    if as_json:
        print_json(rows)
        return
    print_table(("model", "for", "state", "MiB", "licence", "verified"), [_row(row) for row in rows])
    for row in rows:
        if row.reason:
            results.print(f"{row.name}: {row.reason}")


def _row(row: ListedModel) -> tuple[str, ...]:
    verified = f"{row.verified_at:%Y-%m-%d}" if row.verified_at else ""
    size = "" if row.size is None else str(-(-row.size // MIB))
    licence = (row.license or "") + (", gated" if row.gated else "")
    return (row.name, row.family or "", row.state, size, licence, verified)


@models.command()
def pull(name: Name) -> None:
    """Fetch a model from the hub: pinned, checked, and resumed where an earlier pull stopped."""
    # Imported here because the hub's client takes half a second that no other command need wait.
    from scribe.models.hub import Hub  # noqa: PLC0415
    from scribe.models.pulling import listed, pull  # noqa: PLC0415

    settings = load_settings()
    token = settings.models.token
    hub = Hub(settings.models.hub, token.get_secret_value() if token else None)
    with _Bars() as bars:
        manifest = pull(ModelStore(settings.models_folder), listed(name), hub, bars.show)
    _tell_installed(manifest)


@models.command()
def add(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A model's folder; it is copied.")],
    *,
    name: Annotated[str | None, typer.Option(help="What to call it; the folder's name without it.")] = None,
) -> None:
    """Take in a model from a folder. Add only what you trust: loading a pyannote model runs its pickles."""
    from scribe.models.local import add  # noqa: PLC0415

    _tell_installed(add(_store(), folder, name))


@models.command()
def verify(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One model; all without it.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Hash the files of installed models anew; exit code 1 when one is not as it was."""
    from scribe.models.upkeep import verify  # noqa: PLC0415

    store = _store()
    names = [name] if name else [manifest.name for manifest in store.manifests()]
    damaged = {model: verify(store, model) for model in names}
    broken = {model.name: model.reason for model in store.broken() if not name or model.name == name}
    if as_json:
        print_json({"ok": not broken, "damaged": damaged, "broken": broken})
    else:
        for model in sorted({*damaged, *broken}):
            results.print(f"{model:<20} {broken.get(model, 'ok')}")
        if not damaged and not broken:
            say("No model is installed.")
    if broken:
        raise typer.Exit(ExitCode.FAILED)


@models.command()
def remove(name: Name) -> None:
    """Delete a model, what was pulled of it so far included."""
    from scribe.models.upkeep import remove  # noqa: PLC0415

    remove(_store(), name)
    say(f"{name} is removed.")


def _tell_installed(manifest: Manifest) -> None:
    say(f"{manifest.name} is installed ({manifest.family}, {-(-manifest.size // MIB)} MiB, checked).")


class _Bars:
    """A bar a file on a terminal; elsewhere a line when a file has come."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
        self._progress = Progress(*columns, console=progress, disable=not sys.stderr.isatty())
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "_Bars":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, path: str, received: int, size: int) -> None:
        """How much of a file is here, in bytes."""
        if path not in self._tasks:
            self._tasks[path] = self._progress.add_task(path, total=size)
            self._progress.reset(self._tasks[path], completed=received)
        self._progress.update(self._tasks[path], completed=received)
        if received >= size and not sys.stderr.isatty():
            say(f"{path}: {size} bytes")
