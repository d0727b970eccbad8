"""A gateway that clients reach over the network, people who use it, and the command `scribe`."""

import asyncio
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog

from client.running import Command, Person, serving
from recordings import tone
from scribe.db import Database
from scribe.db.models import RefreshSession, User
from scribe.projects import personal_project
from scribe.settings import Settings
from scribe_api.security import AccessTokens, fingerprint, hash_password, new_refresh_token
from scribe_client import Client
from scribe_client.authentication import Tokens, TokensInMemory
from scribe_client.credentials import Credentials, CredentialsFile

PASSWORD = "correct horse battery staple"
NO_PASSWORD = "no password has this hash"


@pytest.fixture(autouse=True)
def logs_out_of_the_way() -> Iterator[None]:
    """The gateway shares this process with the command, whose standard output is its result."""
    before = structlog.get_config()
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    yield
    structlog.configure(**before)


@pytest.fixture
def server(settings: Settings) -> Iterator[str]:
    with serving(settings) as address:
        yield address


@pytest.fixture
def ada(settings: Settings) -> Person:
    """Somebody who knows her password; hashing it takes its time, so most tests take a session."""
    person = Person(f"{uuid.uuid4().hex}@example.org", PASSWORD)
    asyncio.run(sign_up(settings, person.email, person.password))
    return person


@pytest.fixture
def tokens(settings: Settings) -> Tokens:
    """A session of somebody who signed in a while ago."""
    return asyncio.run(sign_up(settings, f"{uuid.uuid4().hex}@example.org"))


async def sign_up(settings: Settings, email: str, password: str | None = None) -> Tokens:
    database, family_id, refresh_token = Database(settings.database), uuid.uuid4(), new_refresh_token()
    user = User(
        id=uuid.uuid4(),
        email=email,
        password_hash=await hash_password(password) if password else NO_PASSWORD,
    )
    later = datetime.now(UTC) + timedelta(days=1)
    try:
        async with database.transaction() as session:
            session.add(user)
            await session.flush()
            await personal_project(session, user)
            session.add(
                RefreshSession(
                    user_id=user.id,
                    family_id=family_id,
                    token_hash=fingerprint(refresh_token),
                    expires_at=later,
                )
            )
    finally:
        await database.close()
    access = AccessTokens(settings.auth).issue(user.id, family_id)
    return Tokens(
        access_token=access,
        refresh_token=refresh_token,
        expires_at=datetime.now(UTC) + timedelta(minutes=settings.auth.access_minutes),
    )


@pytest.fixture
def client(server: str, tokens: Tokens, tmp_path: Path) -> Iterator[Client]:
    store = TokensInMemory(tokens)
    with Client.with_tokens(server, store, "ada", memory=tmp_path / "memory") as client:
        yield client


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    path = tmp_path / "stand-up.wav"
    path.write_bytes(tone(1))
    return path


@pytest.fixture
def nobody(tmp_path: Path) -> Command:
    """The command before any sign-in."""
    home = tmp_path / "home"
    home.mkdir()
    return Command(home)


@pytest.fixture
def scribe(nobody: Command, server: str, tokens: Tokens) -> Command:
    """The command of the same person as ``client``."""
    kept = Credentials(server=server, who="ada", tokens=tokens)
    CredentialsFile(nobody.credentials).write(kept)
    return nobody
