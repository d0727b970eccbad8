"""What was sent already, and from which files: it survives the end of the program."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from scribe_client.uploading.recording import Recording

WAIT_S = 30.0
SCHEMA = """
CREATE TABLE IF NOT EXISTS contents (
    destination TEXT NOT NULL, sha256 TEXT NOT NULL, meeting_id TEXT, refusal TEXT,
    PRIMARY KEY (destination, sha256));
CREATE TABLE IF NOT EXISTS files (
    destination TEXT NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (destination, path));
CREATE TABLE IF NOT EXISTS exports (
    destination TEXT NOT NULL, meeting_id TEXT NOT NULL, form TEXT NOT NULL, target TEXT NOT NULL,
    PRIMARY KEY (destination, meeting_id, form));
"""


@dataclass(frozen=True)
class Outcome:
    """What became of a content: a meeting, or the server's reason not to take it."""

    meeting_id: UUID | None
    refusal: str | None = None


@dataclass(frozen=True)
class Due:
    """A transcript that is to be written once the meeting is done."""

    meeting_id: UUID
    form: str
    target: Path


class Ledger:
    """One destination's share of a small database.

    destination: any text that tells a server, a caller and a project from others
    """

    def __init__(self, file: Path, destination: str) -> None:
        self._file = file
        self._destination = destination
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._open() as database:
            database.executescript(SCHEMA)

    def outcome_of(self, recording: Recording) -> Outcome | None:
        """What became of this very file, by its path, size and time; None where it is new."""
        return self._outcome(
            "JOIN files USING (destination, sha256)"
            " WHERE destination = ? AND path = ? AND size = ? AND mtime_ns = ?",
            (self._destination, str(recording.path), recording.size, recording.mtime_ns),
        )

    def outcome_of_content(self, sha256: str) -> Outcome | None:
        """What became of the same content under any name."""
        return self._outcome("WHERE destination = ? AND sha256 = ?", (self._destination, sha256))

    def note(self, recording: Recording, sha256: str, outcome: Outcome, due: Due | None = None) -> None:
        """Write down what became of a file, and what is still to be done, in one transaction."""
        meeting_id = str(outcome.meeting_id) if outcome.meeting_id else None
        with self._open() as database, database:
            database.execute(
                "INSERT OR REPLACE INTO contents VALUES (?, ?, ?, ?)",
                (self._destination, sha256, meeting_id, outcome.refusal),
            )
            database.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
                (self._destination, str(recording.path), recording.size, recording.mtime_ns, sha256),
            )
            if due:
                database.execute(
                    "INSERT OR REPLACE INTO exports VALUES (?, ?, ?, ?)",
                    (self._destination, str(due.meeting_id), due.form, str(due.target)),
                )

    def due(self) -> list[Due]:
        """The transcripts that are still to be written."""
        query = "SELECT meeting_id, form, target FROM exports WHERE destination = ? ORDER BY rowid"
        with self._open() as database:
            rows = database.execute(query, (self._destination,)).fetchall()
        return [Due(UUID(meeting_id), form, Path(target)) for meeting_id, form, target in rows]

    def settle(self, due: Due) -> None:
        """That transcript is written, or never will be."""
        with self._open() as database, database:
            database.execute(
                "DELETE FROM exports WHERE destination = ? AND meeting_id = ? AND form = ?",
                (self._destination, str(due.meeting_id), due.form),
            )

    def _outcome(self, which: str, values: tuple[str | int, ...]) -> Outcome | None:
        query = f"SELECT meeting_id, refusal FROM contents {which}"  # noqa: S608 - both are in this file
        with self._open() as database:
            row = database.execute(query, values).fetchone()
        return Outcome(UUID(row[0]) if row[0] else None, row[1]) if row else None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for a moment: none stays open while an upload takes hours."""
        with closing(sqlite3.connect(self._file, timeout=WAIT_S)) as database:
            yield database
