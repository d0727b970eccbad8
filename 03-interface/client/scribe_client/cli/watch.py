"""`upload --watch`: what a person reads while a folder is watched."""

from pathlib import Path

from scribe_client.cli.terminal import say
from scribe_client.client import Client
from scribe_client.settings import state_folder
from scribe_client.uploading.recording import Recording
from scribe_client.uploading.upload import Sending, Uploaded
from scribe_client.watching.folder import WatchedFolder
from scribe_client.watching.ledger import Due, Ledger, Outcome
from scribe_client.watching.watch import FolderWatch, Handling


class Lines:
    """One line an event; the same failure of the same file is told once, not every few seconds."""

    def __init__(self) -> None:
        self._told: dict[Path, str] = {}

    def sending(self, recording: Recording) -> Sending:
        """Nothing yet: the line comes with the result."""
        del recording
        return Sending(begun=lambda _: None)

    def sent(self, recording: Recording, uploaded: Uploaded) -> None:
        """It is a meeting."""
        self._told.pop(recording.path, None)
        say(f"{recording.path.name}: meeting {uploaded.meeting_id}")

    def skipped(self, recording: Recording, outcome: Outcome) -> None:
        """It was known."""
        was = f"meeting {outcome.meeting_id}" if outcome.meeting_id else f"refused: {outcome.refusal}"
        say(f"{recording.path.name}: sent before, under another name ({was})")

    def failed(self, path: Path, error: Exception, *, again: bool) -> None:
        """It did not work."""
        line = f"{path.name}: {error}{' It is tried again.' if again else ''}"
        if self._told.get(path) != line:
            self._told[path] = line
            say(line)

    def written(self, due: Due) -> None:
        """There is a transcript."""
        say(f"{due.target.name}: written")

    def not_written(self, due: Due, reason: str) -> None:
        """There is none."""
        say(f"{due.target.name}: not written, for {reason}")


def watch_folder(client: Client, folder: WatchedFolder, handling: Handling) -> None:
    """Until it is interrupted."""
    destination = f"{client.server} {client.caller} {handling.fields.get('project_id', '')}"
    ledger = Ledger(state_folder() / "watched.sqlite3", destination)
    say(f"Watching {folder.path}; Ctrl-C ends it.")
    FolderWatch(client, folder, ledger, handling, Lines()).run()
