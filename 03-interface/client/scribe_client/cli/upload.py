"""`upload`: recordings to the server, by name or as they arrive in a folder."""

from pathlib import Path
from typing import Annotated

import typer

from scribe_client.cli.destination import project_id
from scribe_client.cli.export import Form
from scribe_client.cli.files import Afterwards, upload_files
from scribe_client.cli.login import AsJson
from scribe_client.cli.signed_in import signed_in
from scribe_client.cli.terminal import ExitCode, say
from scribe_client.cli.watch import watch_folder
from scribe_client.watching.folder import WatchedFolder
from scribe_client.watching.watch import Handling

RESUMES = "Interrupted. What has arrived is kept: the same command goes on where this one ended."


def upload(  # noqa: PLR0913 - Typer makes an option of every parameter
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(help="Recordings.", metavar="FILE…")] = None,
    *,
    project: Annotated[
        str | None, typer.Option(help="Into this project: its name or id. Your own without it.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="What to call the meeting; one file only.")] = None,
    language: Annotated[str | None, typer.Option(help="The language spoken (en, fr …), if known.")] = None,
    speakers: Annotated[int | None, typer.Option(min=1, help="How many people speak, if known.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A tag; repeatable.")] = None,
    field: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Any other field of the upload (vocabulary=…); repeatable."),
    ] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait until it is transcribed.")] = False,
    export: Annotated[
        Form | None, typer.Option(help="Wait, and write the transcript beside the recording.")
    ] = None,
    watch: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Send what is in this folder and what arrives, until Ctrl-C."),
    ] = None,
    pattern: Annotated[
        list[str] | None,
        typer.Option(help="With --watch: file names (*.mp3); repeatable. Audio and video without it."),
    ] = None,
    settle: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="With --watch: how long a file must not grow.")
    ] = 5.0,
    done_folder: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="With --watch: where files go that were sent.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Send recordings, with progress; an upload that was interrupted goes on where it ended.

    With --watch, every recording of the folder is sent once, also across restarts and under another name.
    """
    files = files or []
    _check(files, watch, title, pattern, done_folder, as_json=as_json)
    try:
        with signed_in() as client:
            target = project_id(client, project)
            fields = {
                **_named(field or []),
                "project_id": str(target) if target else "",
                "title": title or "",
                "language": language or "",
                "speakers": str(speakers or ""),
                "tags": ",".join(tag or []),
            }
            given = {name: value for name, value in fields.items() if value}
            if watch:
                folder = WatchedFolder(watch, pattern or [], settle)
                watch_folder(client, folder, Handling(given, done_folder, export and export.value))
            else:
                afterwards = Afterwards(wait=wait or export is not None, form=export and export.value)
                code = upload_files(
                    client, files, given, afterwards, as_json=as_json, debug=bool(context.obj)
                )
                raise typer.Exit(code)
    except KeyboardInterrupt as interruption:
        say("Stopped watching." if watch else RESUMES)
        raise typer.Exit(ExitCode.INTERRUPTED) from interruption


def _named(fields: list[str]) -> dict[str, str]:
    """NAME=VALUE as a mapping. Raises BadParameter."""
    pairs = [one.partition("=") for one in fields]
    if not all(equals for _, equals, _ in pairs):
        raise typer.BadParameter("--field takes NAME=VALUE")
    return {name: value for name, _, value in pairs}


def _check(
    files: list[Path],
    watch: Path | None,
    title: str | None,
    pattern: list[str] | None,
    done_folder: Path | None,
    *,
    as_json: bool,
) -> None:
    """Raise BadParameter where the options do not go together."""
    if bool(files) == bool(watch):
        raise typer.BadParameter("name recordings, or a folder with --watch")
    if title and len(files) != 1:
        raise typer.BadParameter("--title goes with one recording")
    if watch is None:
        if pattern or done_folder:
            raise typer.BadParameter("--pattern and --done-folder go with --watch")
        return
    if as_json:
        raise typer.BadParameter("--json goes with named recordings")
    if not watch.is_dir():
        raise typer.BadParameter(f"there is no folder {watch}")
    if done_folder and done_folder.resolve() == watch.resolve():
        raise typer.BadParameter("the folder of --done-folder must be another one")
