"""What ``scribe login`` leaves behind: one server, and how to sign in to it."""

from contextlib import AbstractContextManager
from pathlib import Path

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError, field_serializer

from scribe_client.authentication import Tokens
from scribe_client.private_file import write_private


class Credentials(BaseModel):
    """``who``: the e-mail address, or the visible beginning of the key. Either tokens or a key."""

    model_config = ConfigDict(frozen=True)

    server: str
    who: str
    tokens: Tokens | None = None
    api_key: SecretStr | None = None

    @field_serializer("api_key", when_used="json-unless-none")
    def _key_as_it_is(self, key: SecretStr) -> str:
        return key.get_secret_value()


class CredentialsFile:
    """The file, shared by all processes of a user."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(path.with_suffix(".lock"))

    def read(self) -> Credentials | None:
        """What is kept; None where nobody is signed in."""
        try:
            return Credentials.model_validate_json(self.path.read_bytes())
        except (OSError, ValidationError):
            return None

    def write(self, credentials: Credentials) -> None:
        """Keep these, mode 0600. Raises OSError."""
        write_private(self.path, credentials.model_dump_json(indent=2) + "\n")

    def remove(self) -> None:
        """Forget whoever is signed in."""
        self.path.unlink(missing_ok=True)

    def session_of(self, credentials: Credentials) -> "KeptSession":
        """Where the session of this person with this server is kept, for as long as it is theirs."""
        return KeptSession(self, credentials.server, credentials.who)

    def locked(self) -> AbstractContextManager[object]:
        """One process at a time changes the file; whoever holds it may take it again."""
        return self._lock


class KeptSession:
    """The TokenStore of one person on one server: what somebody else signs in with is never sent there."""

    def __init__(self, file: CredentialsFile, server: str, who: str) -> None:
        self._file = file
        self._whose = (server, who)

    def load(self) -> Tokens | None:
        """The newest tokens; None where they signed out, or another session took the place of theirs."""
        credentials = self._theirs()
        return credentials.tokens if credentials else None

    def keep(self, tokens: Tokens) -> None:
        """Put renewed tokens in place of the old ones, unless the session is no longer kept."""
        if credentials := self._theirs():
            self._file.write(credentials.model_copy(update={"tokens": tokens}))

    def locked(self) -> AbstractContextManager[object]:
        """One process at a time renews the session."""
        return self._file.locked()

    def _theirs(self) -> Credentials | None:
        found = self._file.read()
        return found if found and (found.server, found.who) == self._whose else None
