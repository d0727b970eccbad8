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
    """The file, shared by all processes of a user; as a TokenStore it renews the session it holds."""

    def __init__(self, path: Path) -> None:
        self.path = path

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

    def load(self) -> Tokens | None:
        """The newest tokens."""
        credentials = self.read()
        return credentials.tokens if credentials else None

    def keep(self, tokens: Tokens) -> None:
        """Put renewed tokens in place of the old ones, unless somebody signed out meanwhile."""
        if credentials := self.read():
            self.write(credentials.model_copy(update={"tokens": tokens}))

    def locked(self) -> AbstractContextManager[object]:
        """One process at a time renews the session."""
        return FileLock(self.path.with_suffix(".lock"))
