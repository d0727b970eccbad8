"""Send what arrives in a folder, once, and do what is to be done afterwards."""

import math
import shutil
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

from scribe_client.client import Client
from scribe_client.errors import (
    AnswerUnclear,
    NotSignedIn,
    RecordingChanged,
    Refused,
    ServerAway,
    ServerFailed,
    UploadBusy,
)
from scribe_client.uploading.recording import Recording
from scribe_client.uploading.upload import Sending, Uploaded
from scribe_client.watching.folder import WatchedFolder
from scribe_client.watching.ledger import Due, Ledger, Outcome

LOOK_S = 2.0
AGAIN_S, AGAIN_AT_LAST_S = 300.0, 6 * 3600.0
"""How long a file is left alone that was refused for a reason that may pass, such as a quota; it doubles."""
NEVER = frozenset({"EMPTY_FILE", "UNSUPPORTED_MEDIA", "NO_AUDIO", "MEDIA_TOO_SHORT", "MEDIA_CORRUPT"})
"""The same bytes are refused for ever, whatever is sent along and whoever asks."""
UNTIL_CHANGED = frozenset(
    {
        "VALIDATION_ERROR",
        "MEDIA_ONE_CHANNEL",
        "MEDIA_TIMEOUT",
        "MEDIA_TOO_LONG",
        "QUOTA_DURATION_EXCEEDED",
        "UPLOAD_TOO_LARGE",
    }
)
"""Refused until somebody changes an option or a limit: the next run tries again, this one does not."""


class Told(Protocol):
    """Who hears how it goes."""

    def sending(self, recording: Recording) -> Sending:
        """An upload begins."""

    def sent(self, recording: Recording, uploaded: Uploaded) -> None:
        """It has become a meeting."""

    def skipped(self, recording: Recording, outcome: Outcome) -> None:
        """The same content was dealt with before, under another name."""

    def failed(self, path: Path, error: Exception, *, again: bool) -> None:
        """It did not work; ``again``: it is tried again later."""

    def written(self, due: Due) -> None:
        """A transcript was written."""

    def not_written(self, due: Due, reason: str) -> None:
        """There will be no transcript."""


@dataclass(frozen=True)
class Handling:
    """What to send along, and what happens to a file afterwards.

    done_folder: where files go that were sent; None: they stay
    form: write the transcript, in this form, beside the file; None: do not
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    done_folder: Path | None = None
    form: str | None = None


class FolderWatch:
    """One folder, one destination."""

    def __init__(
        self, client: Client, folder: WatchedFolder, ledger: Ledger, handling: Handling, told: Told
    ) -> None:
        self._client = client
        self._folder = folder
        self._ledger = ledger
        self._handling = handling
        self._told = told
        self._not_before: dict[Recording | Due, float] = {}
        self._failures: Counter[Recording | Due] = Counter()

    def run(self) -> None:
        """Until it is interrupted. Raises NotSignedIn where only a person can help."""
        while True:
            self.look()
            time.sleep(LOOK_S)

    def look(self) -> None:
        """Deal with everything that is there now. Raises NotSignedIn."""
        try:
            for recording in self._folder.settled():
                if self._has_its_turn(recording):
                    self._take(recording)
        except OSError as error:  # the folder itself, such as a drive that was pulled out
            self._told.failed(self._folder.path, error, again=True)
        for due in self._ledger.due():
            if self._has_its_turn(due):
                self._write(due)

    def _has_its_turn(self, what: Recording | Due) -> bool:
        return time.monotonic() >= self._not_before.get(what, 0.0)

    def _leave_alone(self, what: Recording | Due) -> None:
        """For a while, which grows: a recording that is refused at its end may be large."""
        pause = min(AGAIN_S * 2 ** self._failures[what], AGAIN_AT_LAST_S)
        self._failures[what] += 1
        self._not_before[what] = time.monotonic() + pause

    def _take(self, recording: Recording) -> None:
        """One file; whatever happens to it, the next one gets its turn."""
        try:
            self._send_once(recording)
        except (ServerAway, ServerFailed, AnswerUnclear, RecordingChanged, UploadBusy) as error:
            self._told.failed(recording.path, error, again=True)
        except Refused as refused:
            _require_known(refused)
            again = refused.code not in UNTIL_CHANGED
            if again:
                self._leave_alone(recording)
            else:
                self._not_before[recording] = math.inf
            self._told.failed(recording.path, refused, again=again)
        except OSError as error:
            self._leave_alone(recording)
            self._told.failed(recording.path, error, again=True)

    def _send_once(self, recording: Recording) -> None:
        if outcome := self._ledger.outcome_of(recording):
            self._put_away(recording, outcome)  # again: the last run may have ended just before it
            return
        sha256 = recording.sha256()
        recording.check_unchanged()
        if outcome := self._ledger.outcome_of_content(sha256):
            self._ledger.note(recording, sha256, outcome)
            self._told.skipped(recording, outcome)
            self._put_away(recording, outcome)
        else:
            self._send(recording, sha256)

    def _send(self, recording: Recording, sha256: str) -> None:
        place = recording.path

        def note(uploaded: Uploaded) -> None:
            nonlocal place
            place = self._place(recording)
            self._ledger.note(recording, sha256, Outcome(uploaded.meeting_id), self._due(place, uploaded))

        try:
            uploaded = self._client.upload(
                recording.path, self._handling.fields, self._told.sending(recording), before_forgetting=note
            )
        except Refused as refused:
            if refused.code not in NEVER:
                raise
            self._ledger.note(recording, sha256, Outcome(None, str(refused)))
            self._told.failed(recording.path, refused, again=False)
        else:
            self._told.sent(recording, uploaded)
            self._move(recording, place)

    def _put_away(self, recording: Recording, outcome: Outcome) -> None:
        """Move what has a meeting; what was refused stays in sight."""
        if outcome.meeting_id:
            self._move(recording, self._place(recording))

    def _move(self, recording: Recording, place: Path) -> None:
        if place != recording.path and recording.path.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(recording.path, place)

    def _place(self, recording: Recording) -> Path:
        """Where it is to lie from now on, its transcript beside it."""
        folder = self._handling.done_folder
        return _free_name(folder / recording.path.name) if folder else recording.path

    def _due(self, place: Path, uploaded: Uploaded) -> Due | None:
        form = self._handling.form
        return Due(uploaded.meeting_id, form, place.with_name(f"{place.name}.{form}")) if form else None

    def _write(self, due: Due) -> None:
        try:
            meeting = self._client.meeting(due.meeting_id)
            if not meeting.finished:
                return
            if meeting.revision is None:
                self._told.not_written(due, meeting.error_message or f"it was {meeting.status.lower()}")
            else:
                due.target.write_text(self._client.export(due.meeting_id, due.form), encoding="utf-8")
                self._told.written(due)
        except (ServerAway, ServerFailed, AnswerUnclear):
            return  # it is still due
        except Refused as refused:
            _require_known(refused)
            self._told.not_written(due, str(refused))
        except OSError as error:
            self._leave_alone(due)
            self._told.failed(due.target, error, again=True)
            return
        self._ledger.settle(due)


def _require_known(refused: Refused) -> None:
    """Raise NotSignedIn where the server does not know the caller any more."""
    if refused.status == HTTPStatus.UNAUTHORIZED:
        raise NotSignedIn(str(refused)) from refused


def _free_name(path: Path) -> Path:
    """That path, or the next like it that nothing lies at."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem} ({number})")
    return free
