"""The API as a Python program uses it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

import httpx
from pydantic import SecretStr

from scribe_client import editing
from scribe_client.answers import (
    Account,
    Meeting,
    MeetingPage,
    MeetingState,
    Project,
    ProjectList,
    SearchPage,
    Transcript,
)
from scribe_client.authentication import KeyAuth, Password, SessionAuth, TokensInMemory, TokenStore
from scribe_client.connection import API, Connection, normalised
from scribe_client.following import follow
from scribe_client.settings import state_folder
from scribe_client.uploading.memory import UploadMemory
from scribe_client.uploading.patience import Patience
from scribe_client.uploading.upload import Sending, Uploaded, Uploader

PAGE = 100
_SILENT = Sending()


@dataclass(frozen=True)
class Wanted:
    """Which meetings a list is to hold; what is left out does not matter."""

    statuses: Sequence[str] = ()
    project_id: UUID | None = None
    tags: Sequence[str] = ()

    def query(self) -> dict[str, str | int | Sequence[str] | None]:
        """As the API takes it."""
        project = str(self.project_id) if self.project_id else None
        return {"status": self.statuses or None, "project_id": project, "tag": self.tags or None}


class Client:
    """One signed-in caller of the API at ``server`` (``https://scribe.example.org``).

    caller: any text that tells this caller from others who use the same memory of uploads

    Made by ``with_password``, ``with_key`` or ``with_tokens``; usable as a context manager. Its methods raise
    ServerAway where nothing answers, NotSignedIn, Refused where the server says no, and ServerFailed where it
    cannot answer for now.
    """

    def __init__(self, connection: Connection, caller: str, memory: Path | None = None) -> None:
        self._connection = connection
        self.caller = caller
        self._uploader = Uploader(
            connection, UploadMemory(memory or state_folder() / "uploads"), caller, Patience
        )

    @classmethod
    def with_password(
        cls,
        server: str,
        email: str,
        password: str,
        *,
        memory: Path | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> Self:
        """Sign in as a person, at the first request; the session is renewed on the way.

        memory: the folder in which unfinished uploads are written down; the user's own without it
        """
        who = Password(email=email, password=SecretStr(password))
        auth = SessionAuth(f"{normalised(server)}{API}", TokensInMemory(), who)
        return cls(Connection(server, auth, transport), email, memory)

    @classmethod
    def with_key(
        cls,
        server: str,
        api_key: str,
        *,
        memory: Path | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> Self:
        """Act for the project whose key this is."""
        caller = sha256(api_key.encode()).hexdigest()
        return cls(Connection(server, KeyAuth(SecretStr(api_key)), transport), caller, memory)

    @classmethod
    def with_tokens(
        cls,
        server: str,
        tokens: TokenStore,
        caller: str,
        *,
        memory: Path | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> Self:
        """Go on with a session that is kept somewhere; ``caller`` says whose it is."""
        auth = SessionAuth(f"{normalised(server)}{API}", tokens)
        return cls(Connection(server, auth, transport), caller, memory)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    @property
    def server(self) -> str:
        """The address of the server."""
        return self._connection.server

    def account(self) -> Account:
        """Who is signed in; keys are nobody, and get a refusal."""
        return self._connection.read(Account, "/auth/me")

    def sign_out(self) -> None:
        """End the session on the server."""
        self._connection.send("POST", "/auth/logout")

    def projects(self) -> list[Project]:
        """The projects that the caller sees."""
        return list(self._connection.read(ProjectList, "/projects").items)

    def create_project(self, name: str) -> Project:
        """Make a project; the caller owns it."""
        return self._connection.parsed(Project, self._connection.send("POST", "/projects", {"name": name}))

    def meetings(self, wanted: Wanted | None = None, limit: int | None = None) -> Iterator[Meeting]:
        """The meetings, newest first, read a page at a time; at most ``limit``."""
        query = (wanted or Wanted()).query()
        left = limit
        while left is None or left > 0:
            size = PAGE if left is None else min(PAGE, left)
            page = self._connection.read(MeetingPage, "/meetings", {**query, "limit": size})
            yield from page.items
            if page.next_cursor is None:
                return
            left = None if left is None else left - len(page.items)
            query["cursor"] = page.next_cursor

    def meeting(self, meeting_id: UUID) -> Meeting:
        """One meeting as it stands."""
        return self._connection.read(Meeting, f"/meetings/{meeting_id}")

    def delete(self, meeting_id: UUID) -> None:
        """Delete a meeting with its recording and its transcripts."""
        self._connection.send("DELETE", f"/meetings/{meeting_id}")

    def upload(
        self,
        path: Path,
        fields: Mapping[str, str] | None = None,
        sending: Sending = _SILENT,
        *,
        before_forgetting: Callable[[Uploaded], None] | None = None,
    ) -> Uploaded:
        """Send a recording; one whose upload was interrupted, in this process or another, is taken up again.

        fields: of the upload as docs/api.md lists them: title, project_id, language, tags …
        before_forgetting: called while a run that is killed would still be resumed

        Raises also OSError for a file that cannot be read, RecordingChanged and UploadBusy.
        """
        return self._uploader.upload(path, fields or {}, sending, before_forgetting)

    def follow(self, meeting_id: UUID) -> Iterator[MeetingState]:
        """Every change until the meeting has ended; the last item is the whole Meeting."""
        return follow(self._connection, meeting_id)

    def wait(self, meeting_id: UUID) -> Meeting:
        """The meeting once it has ended, well or not."""
        for _ in self.follow(meeting_id):
            pass
        return self.meeting(meeting_id)

    def transcript(self, meeting_id: UUID) -> Transcript:
        """Who said what, newest revision."""
        return self._connection.read(Transcript, f"/meetings/{meeting_id}/transcript")

    def export(self, meeting_id: UUID, form: str) -> str:
        """The transcript as txt, md, json, srt or vtt."""
        return self._connection.get(f"/meetings/{meeting_id}/transcript", {"format": form}).text

    def edit(self, meeting_id: UUID, plan: editing.Plan) -> editing.Edited | None:
        """Change the transcript; ``plan`` is asked again when somebody else was faster. See ``editing``."""
        return editing.edit(self._connection, meeting_id, plan)

    def search(self, words: str, *, project_id: UUID | None = None, limit: int = 20) -> SearchPage:
        """Where something was said, best first."""
        project = str(project_id) if project_id else None
        query = {"q": words, "project_id": project, "limit": limit}
        return self._connection.read(SearchPage, "/search", query)
