"""A real gateway on loopback for each operation, with somebody in it and something to work on."""

import asyncio
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import uvicorn

from scribe.db import Database
from scribe.db.models import (
    ApiKey,
    Meeting,
    MeetingStatus,
    ProjectMember,
    ProjectRole,
    RefreshSession,
    Scope,
    User,
    UserRole,
)
from scribe.projects import personal_project
from scribe.settings import Settings
from scribe.storage import ObjectStore, keys
from scribe.transcript.document import Engines, EngineUsed, Segment, Speaker, Transcript, Word, dumps
from scribe_api import security
from scribe_api.main import create_app
from scribe_api.security import AccessTokens, fingerprint, new_api_key, new_refresh_token

SOON = timedelta(days=1)
STARTED_WITHIN_S = 60
SOME_HASH = "$bcrypt-sha256$v=2,t=2b,r=4$b7cECnB.lONRWEHdYJrR8e$ytVAvmAwmiknLrqZImR6nHI62bbYjL2"
"""A password that nobody knows, hashed with the fewest rounds there are."""
_ENGINE = EngineUsed(name="dummy", model="none", device="cpu", compute_type="float32")


@dataclass
class World:
    """Where the gateway is, and a corner of it: who may call, and the ids of what is there."""

    address: str
    settings: Settings
    admin_id: uuid.UUID = field(default_factory=uuid.uuid4)
    ids: dict[str, list[str]] = field(default_factory=dict)
    key: str = field(default_factory=new_api_key)

    def as_admin(self) -> dict[str, str]:
        """Headers of an administrator, in a session that nobody has ended yet."""
        family_id = uuid.uuid4()
        asyncio.run(self._begin_session(family_id))
        token = AccessTokens(self.settings.auth).issue(self.admin_id, family_id)
        return {"Authorization": f"Bearer {token}"}

    def as_key(self) -> dict[str, str]:
        """Headers of a program with a key of every scope."""
        return {"X-API-Key": self.key}

    async def _begin_session(self, family_id: uuid.UUID) -> None:
        database = Database(self.settings.database)
        async with database.transaction() as session:
            session.add(
                RefreshSession(
                    user_id=self.admin_id,
                    family_id=family_id,
                    token_hash=fingerprint(new_refresh_token()),
                    expires_at=datetime.now(UTC) + SOON,
                )
            )
        await database.close()

    async def furnish(self) -> None:
        """An administrator, a colleague, a project with a key, and meetings with and without transcript."""
        database = Database(self.settings.database)
        async with database.transaction() as session:
            admin = _user(self.admin_id, UserRole.ADMIN)
            colleague = _user(uuid.uuid4(), UserRole.OPERATOR)
            session.add_all([admin, colleague])
            await session.flush()
            project = await personal_project(session, admin)
            session.add(ProjectMember(project_id=project.id, user_id=colleague.id, role=ProjectRole.EDITOR))
            key = ApiKey(
                id=uuid.uuid4(),
                project_id=project.id,
                created_by=admin.id,
                name="contract",
                prefix=self.key[:12],
                token_hash=fingerprint(self.key),
                scopes=list(Scope),
            )
            done, failed = (
                _meeting(project.id, admin.id, status)
                for status in (MeetingStatus.COMPLETED, MeetingStatus.FAILED)
            )
            done.revision = 1
            session.add_all([key, done, failed])
        await database.close()
        async with ObjectStore.open(self.settings.s3) as store:
            await store.ensure_bucket()
            await store.put_bytes(
                keys.transcript(done.id, 1), dumps(_transcript(done.id)), content_type="application/json"
            )
        self.ids = {
            "meeting_id": [str(done.id), str(failed.id)],
            "project_id": [str(project.id)],
            "user_id": [str(colleague.id)],
            "key_id": [str(key.id)],
        }


def _user(user_id: uuid.UUID, role: UserRole) -> User:
    return User(id=user_id, email=f"{user_id}@example.org", role=role, password_hash=SOME_HASH)


def _meeting(project_id: uuid.UUID, user_id: uuid.UUID, status: MeetingStatus) -> Meeting:
    meeting_id = uuid.uuid4()
    return Meeting(
        id=meeting_id,
        project_id=project_id,
        created_by=user_id,
        title=f"A {status} meeting",
        status=status,
        filename="talk.wav",
        source_key=keys.source(meeting_id, "talk.wav"),
        content_type="audio/wav",
        size=1,
        duration=2.0,
    )


def _transcript(meeting_id: uuid.UUID) -> Transcript:
    words = tuple(
        Word(start=number * 0.5, end=number * 0.5 + 0.4, text=text, confidence=0.9)
        for number, text in enumerate(["good", "morning", "everybody"])
    )
    return Transcript(
        meeting_id=meeting_id,
        revision=1,
        language="en",
        duration=2.0,
        engines=Engines(transcriber=_ENGINE, diariser=_ENGINE),
        speakers=(Speaker(id="S0", label="Speaker 1"),),
        segments=(
            Segment(id=1, start=0.0, end=1.4, speaker="S0", text="good morning everybody", words=words),
        ),
    )


class _Gateway(threading.Thread):
    """The gateway in a thread of its own: schemathesis is no coroutine."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(daemon=True)
        self.listening = threading.Event()
        self.port = 0
        self._server = uvicorn.Server(
            uvicorn.Config(
                create_app(settings), port=0, log_config=None, access_log=False, timeout_graceful_shutdown=2
            )
        )

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        serving = asyncio.create_task(self._server.serve())
        while not self._server.started and not serving.done():
            await asyncio.sleep(0.01)
        if self._server.started:
            self.port = self._server.servers[0].sockets[0].getsockname()[1]
        self.listening.set()
        await serving

    def stop(self) -> None:
        self._server.should_exit = True
        self.join()


@pytest.fixture(scope="session")
def gateway(shared_settings: Settings) -> Iterator[str]:
    """Where the one gateway of this process answers."""
    gateway = _Gateway(shared_settings)
    with pytest.MonkeyPatch.context() as patch:  # what is tried is not how long a password takes
        patch.setattr(security, "_passwords", security._passwords.using(bcrypt_sha256__rounds=4))
        gateway.start()
        try:
            assert gateway.listening.wait(STARTED_WITHIN_S)
            yield f"http://127.0.0.1:{gateway.port}"
        finally:
            gateway.stop()


@pytest.fixture
def world(gateway: str, shared_settings: Settings) -> World:
    made = World(gateway, shared_settings)
    asyncio.run(made.furnish())
    return made
