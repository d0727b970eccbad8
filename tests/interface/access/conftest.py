"""One running gateway for all requests of the matrix, and for each request people and things of its own."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import pytest_asyncio
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncSession

from scribe import jobs
from scribe.db import Database
from scribe.db.models import (
    ApiKey,
    JobKind,
    Meeting,
    MeetingStatus,
    Project,
    ProjectMember,
    ProjectRole,
    RefreshSession,
    Scope,
    Upload,
    User,
    UserRole,
)
from scribe.projects import personal_project
from scribe.revisions.current import Origin, make_current
from scribe.settings import Settings
from scribe.storage import ObjectStore, keys
from scribe.transcript.document import Engines, EngineUsed, Segment, Speaker, Transcript, Word, dumps
from scribe_api.gateway import Gateway
from scribe_api.main import create_app
from scribe_api.security import AccessTokens, fingerprint, hash_password, new_api_key, new_refresh_token

INTERNAL_KEY = "the key of the matrix's own services"
PASSWORD = "correct horse battery"
MEMBERS = {
    "viewer": ProjectRole.VIEWER,
    "editor": ProjectRole.EDITOR,
    "owner": ProjectRole.OWNER,
}
_ENGINE = EngineUsed(name="dummy", model="none", device="cpu", compute_type="none")


@dataclass
class Circle:
    """A project with its people and things, made for one request; ``ids`` fill the path's places."""

    headers: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    email: str = ""
    newcomer: str = ""
    archive: str = ""
    refresh_token: str = ""


class World:
    """The gateway, and what puts circles into it."""

    def __init__(self, app: FastAPI, settings: Settings, password_hash: str) -> None:
        gateway: Gateway = app.state.gateway
        self.app = app
        self.database: Database = gateway.database
        self.store: ObjectStore = gateway.store
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://scribe")
        self._tokens = AccessTokens(settings.auth)
        self._password_hash = password_hash

    async def appoint(self) -> None:
        """Make an administrator, so that the first run is over whichever request comes first."""
        async with self.database.transaction() as session:
            await self._sign_up(session, UserRole.ADMIN)

    async def circle(self, actor: str) -> Circle:
        """A fresh circle around the actor, with the headers by which the actor calls."""
        circle = Circle()
        async with self.database.transaction() as session:
            owner = await self._sign_up(session)
            if actor == "anonymous":
                caller = owner
                circle.headers = {"Sec-Fetch-Site": "same-origin"}  # a page of ours, nobody signed in
            elif actor == "owner":
                caller = owner
                circle.headers = await self._sign_in(session, owner, circle)
            elif actor == "service":
                caller = None
                circle.headers = {"X-API-Key": INTERNAL_KEY}
            elif actor in set(Scope):
                caller = owner
            else:
                caller = await self._sign_up(
                    session, UserRole.ADMIN if actor == "admin" else UserRole.OPERATOR
                )
                circle.headers = await self._sign_in(session, caller, circle)
            project = await self._found(session, "Council", owner)
            archive = await self._found(session, "Archive", owner)
            if caller is not None and actor in {"viewer", "editor"}:
                session.add(ProjectMember(project_id=project.id, user_id=caller.id, role=MEMBERS[actor]))
                session.add(ProjectMember(project_id=archive.id, user_id=caller.id, role=ProjectRole.EDITOR))
            if caller is not None and actor == "stranger":
                await self._found(session, "Elsewhere", caller)
            other = await self._sign_up(session)
            session.add(ProjectMember(project_id=project.id, user_id=other.id, role=ProjectRole.VIEWER))
            newcomer = await self._sign_up(session)
            key_id, secret = await self._key(session, project, owner, list(Scope))
            if actor in set(Scope):
                key_id, secret = await self._key(session, project, owner, [Scope(actor)])
                circle.headers = {"X-API-Key": secret}
            meeting = await self._meeting(session, project, owner)
            upload = await self._upload(session, project, actor, caller, key_id, circle)
            if not circle.refresh_token:
                await self._sign_in(session, owner, circle)
        circle.ids |= {
            "project_id": str(project.id),
            "meeting_id": str(meeting.id),
            "user_id": str(other.id),
            "key_id": str(key_id),
            "upload_id": str(upload.id),
            "number": "1",
            "model": "whisper-1",
        }
        circle.email = owner.email if caller is None else caller.email
        circle.newcomer = newcomer.email
        circle.archive = str(archive.id)
        return circle

    async def transcribe(self, circle: Circle) -> None:
        """Give the meeting what a worker would: sound, a waveform and a transcript of one word."""
        meeting_id = uuid.UUID(circle.ids["meeting_id"])
        word = Word(start=0.0, end=1.0, text="Hello", confidence=0.9, speaker="S1")
        transcript = Transcript(
            meeting_id=meeting_id,
            revision=1,
            language="en",
            duration=1.0,
            engines=Engines(transcriber=_ENGINE, diariser=_ENGINE),
            speakers=(Speaker(id="S1", label="Speaker 1"),),
            segments=(Segment(id=1, start=0.0, end=1.0, speaker="S1", text="Hello", words=(word,)),),
        )
        for key, content in (
            (keys.transcript(meeting_id, 1), dumps(transcript)),
            (keys.playback(meeting_id), b"sound"),
            (keys.peaks(meeting_id), b"[]"),
        ):
            await self.store.put_bytes(key, content, content_type="application/octet-stream")
        async with self.database.transaction() as session:
            meeting = await session.get_one(Meeting, meeting_id)
            await make_current(session, meeting, transcript, Origin())

    async def queue(self, circle: Circle) -> None:
        """Have the meeting wait for a worker."""
        async with self.database.transaction() as session:
            meeting = await session.get_one(Meeting, uuid.UUID(circle.ids["meeting_id"]))
            await jobs.enqueue(session, JobKind.TRANSCRIBE, meeting)

    async def _sign_up(self, session: AsyncSession, role: UserRole = UserRole.OPERATOR) -> User:
        user = User(
            id=uuid.uuid4(),
            email=f"{uuid.uuid4().hex}@example.org",
            role=role,
            password_hash=self._password_hash,
        )
        session.add(user)
        await session.flush()
        await personal_project(session, user)
        return user

    async def _sign_in(self, session: AsyncSession, user: User, circle: Circle) -> dict[str, str]:
        circle.refresh_token = new_refresh_token()
        signed_in = RefreshSession(
            id=uuid.uuid4(),
            user_id=user.id,
            family_id=uuid.uuid4(),
            token_hash=fingerprint(circle.refresh_token),
            expires_at=datetime.now(UTC) + timedelta(days=1),
        )
        session.add(signed_in)
        await session.flush()
        circle.ids["session_id"] = str(signed_in.family_id)
        return {"Authorization": f"Bearer {self._tokens.issue(user.id, signed_in.family_id)}"}

    async def _found(self, session: AsyncSession, name: str, owner: User) -> Project:
        project = Project(id=uuid.uuid4(), name=name)
        session.add(project)
        await session.flush()
        session.add(ProjectMember(project_id=project.id, user_id=owner.id, role=ProjectRole.OWNER))
        return project

    async def _key(
        self, session: AsyncSession, project: Project, maker: User, scopes: list[Scope]
    ) -> tuple[uuid.UUID, str]:
        secret = new_api_key()
        key = ApiKey(
            id=uuid.uuid4(),
            project_id=project.id,
            created_by=maker.id,
            name="bridge",
            prefix=secret[:12],
            token_hash=fingerprint(secret),
            scopes=[str(scope) for scope in scopes],
        )
        session.add(key)
        await session.flush()
        return key.id, secret

    async def _meeting(self, session: AsyncSession, project: Project, owner: User) -> Meeting:
        meeting = Meeting(
            id=uuid.uuid4(),
            project_id=project.id,
            created_by=owner.id,
            title="Weekly",
            status=MeetingStatus.FAILED,
            filename="weekly.wav",
            source_key="k",
            content_type="audio/wav",
            size=1,
            duration=1.0,
        )
        session.add(meeting)
        await session.flush()
        return meeting

    async def _upload(
        self,
        session: AsyncSession,
        project: Project,
        actor: str,
        caller: User | None,
        key_id: uuid.UUID,
        circle: Circle,
    ) -> Upload:
        """The upload is the caller's own: whether others may touch it is for the tests of uploads."""
        upload = Upload(
            id=uuid.uuid4(),
            project_id=project.id,
            created_by=None if caller is None else caller.id,
            api_key_id=key_id if actor in set(Scope) else None,
            family_id=uuid.UUID(circle.ids["session_id"]) if "session_id" in circle.ids else None,
            filename="weekly.wav",
            key=f"meetings/{uuid.uuid4()}/source/weekly.wav",
            length=100,
            part_size=5 * 2**20,
            expires_at=datetime.now(UTC) + timedelta(hours=1),
        )
        session.add(upload)
        await session.flush()
        return upload


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(shared_settings: Settings) -> AsyncIterator[World]:
    auth = shared_settings.auth.model_copy(update={"internal_key": SecretStr(INTERNAL_KEY)})
    settings = shared_settings.model_copy(update={"auth": auth})
    app = create_app(settings)
    password_hash = await hash_password(PASSWORD)
    async with app.router.lifespan_context(app):
        world = World(app, settings, password_hash)
        async with world.client:
            await world.appoint()
            yield world
