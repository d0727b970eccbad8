"""Named recordings, one after the other: send, wait, write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import typer

from scribe_client.cli.edge import exit_code, tell
from scribe_client.cli.progress import Sent, show_stages
from scribe_client.cli.terminal import ExitCode, print_json, say
from scribe_client.client import Client
from scribe_client.errors import ClientError, NotSignedIn, Refused, ServerFailed
from scribe_client.uploading.upload import Uploaded


@dataclass(frozen=True)
class Afterwards:
    """What follows an upload; ``form``: the transcript's, beside the recording."""

    wait: bool
    form: str | None


@dataclass(frozen=True)
class Outcome:
    """What came of one file; the fields are the keys of ``upload --json``."""

    file: Path
    meeting_id: UUID | None = None
    duplicates: tuple[UUID, ...] = ()
    status: str | None = None
    transcript: Path | None = None
    error: str | None = None


def upload_files(
    client: Client,
    files: Sequence[Path],
    fields: Mapping[str, str],
    afterwards: Afterwards,
    *,
    as_json: bool,
    debug: bool,
) -> ExitCode:
    """Send them all; one that is refused does not stop the others, a server that is away does."""
    outcomes, code = [], ExitCode.OK
    for path in files:
        file = _File(client, path, afterwards)
        try:
            file.send(fields)
            outcome = file.outcome
            code = code if outcome.error is None else ExitCode.REFUSED
        except NotSignedIn:
            raise
        except (ClientError, OSError) as error:
            outcome = replace(file.outcome, error=str(error))
            say(f"{path}:")
            if isinstance(error, ClientError):
                tell(error, debug=debug)
                code = exit_code(error)
            else:
                say(f"It cannot be read: {error.strerror}.")
                code = ExitCode.REFUSED
        outcomes.append(outcome)
        if code is ExitCode.SERVER_AWAY:
            break
    if as_json:
        print_json(outcomes)
    return code


class _File:
    """One recording on its way, and what has come of it so far."""

    def __init__(self, client: Client, path: Path, afterwards: Afterwards) -> None:
        self.outcome = Outcome(path)
        self._client = client
        self._path = path
        self._afterwards = afterwards
        self._refusal: Refused | None = None

    def send(self, fields: Mapping[str, str]) -> None:
        """Send it and do what follows. Raises what ``Client.upload`` and ``Client.follow`` raise.

        The upload is remembered until all is done: the same command waits again and sends nothing twice.
        """
        with Sent(self._path.name, self._path.stat().st_size) as shown:

            def follow_up(uploaded: Uploaded) -> None:
                shown.stop()  # before another line is shown live
                self._follow_up(uploaded)

            self._client.upload(self._path, fields, shown.sending, before_forgetting=follow_up)
        if self._refusal:
            raise self._refusal

    def _follow_up(self, uploaded: Uploaded) -> None:
        self.outcome = Outcome(self._path, uploaded.meeting_id, uploaded.duplicates)
        say(f"{self._path.name}: meeting {uploaded.meeting_id}")
        for duplicate in uploaded.duplicates:
            say(f"  You have the same recording already: meeting {duplicate}")
        if not self._afterwards.wait:
            return
        try:
            self.outcome = _finish(self._client, uploaded.meeting_id, self.outcome, self._afterwards.form)
        except ServerFailed:
            raise
        except Refused as refused:  # such as a meeting that was deleted: nothing to wait for another time
            self._refusal = refused


def _finish(client: Client, meeting_id: UUID, sent: Outcome, form: str | None) -> Outcome:
    """Wait for the meeting and write its transcript."""
    try:
        end = show_stages(client.follow(meeting_id), sent.file.name)
    except KeyboardInterrupt as interruption:
        say(f"No longer waiting; the server goes on. `scribe show {meeting_id}` tells how far it is.")
        raise typer.Exit(ExitCode.INTERRUPTED) from interruption
    done = replace(sent, status=end.status)
    if end.status != "COMPLETED":
        reason = end.error_message or f"The meeting ended as {end.status.lower()}."
        say(f"{sent.file.name}: {reason}")
        return replace(done, error=reason)
    for notice in end.warnings:
        say(f"{sent.file.name}: {notice.message}")
    if form is None:
        say(f"{sent.file.name}: transcribed")
        return done
    target = sent.file.with_name(f"{sent.file.name}.{form}")
    target.write_text(client.export(meeting_id, form), encoding="utf-8")
    say(f"{sent.file.name}: {target}")
    return replace(done, transcript=target)
