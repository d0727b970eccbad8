"""A meeting whose transcript is there, as a worker publishes it, and a short way to edit it."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from scribe.db import Database
from scribe.db.models import Meeting, MeetingStatus, User
from scribe.projects import personal_project
from scribe.revisions.current import Origin, make_current
from scribe.settings import Settings
from scribe.storage import ObjectStore, keys
from scribe.transcript.document import Engines, EngineUsed, Segment, Speaker, Transcript, Word, dumps
from scribe_api.security import AccessTokens

Completed = Callable[[httpx.AsyncClient], Awaitable[uuid.UUID]]
Publish = Callable[[Transcript], Awaitable[None]]
_ENGINE = EngineUsed(name="dummy", model="none", device="cpu", compute_type="none")


def spoken(meeting_id: uuid.UUID, texts: list[str], revision: int = 1) -> Transcript:
    """Two people in turn, each text a segment; a word every half second, which lasts 0.4 s."""
    segments, clock = [], 0.0
    for number, text in enumerate(texts, start=1):
        speaker = f"S{2 - number % 2}"
        words = tuple(
            Word(
                start=clock + place / 2,
                end=clock + place / 2 + 0.4,
                text=token,
                confidence=0.9,
                speaker=speaker,
            )
            for place, token in enumerate(text.split())
        )
        end = clock + len(words) / 2
        segments.append(Segment(id=number, start=clock, end=end, speaker=speaker, text=text, words=words))
        clock = end
    return Transcript(
        meeting_id=meeting_id,
        revision=revision,
        language="en",
        duration=clock,
        engines=Engines(transcriber=_ENGINE, diariser=_ENGINE),
        speakers=(Speaker(id="S1", label="Speaker 1"), Speaker(id="S2", label="Speaker 2")),
        segments=tuple(segments),
    )


@pytest.fixture
def publish(store: ObjectStore, database: Database) -> Publish:
    """Does what a worker does with a transcript that it has made."""

    async def make(transcript: Transcript) -> None:
        key = keys.transcript(transcript.meeting_id, transcript.revision)
        await store.put_bytes(key, dumps(transcript), content_type="application/json")
        async with database.transaction() as session:
            meeting = await session.get_one(Meeting, transcript.meeting_id, with_for_update=True)
            await make_current(session, meeting, transcript, Origin())

    return make


class Editor:
    """Somebody who reads and edits the transcript of one meeting."""

    def __init__(self, client: httpx.AsyncClient, meeting_id: uuid.UUID) -> None:
        self.client = client
        self.meeting_id = meeting_id
        self.path = f"/meetings/{self.meeting_id}"

    async def read(self, **query: Any) -> Any:
        response = await self.client.get(f"{self.path}/transcript", params=query)
        assert response.status_code == 200, response.text
        return response.json()

    async def texts(self, **query: Any) -> list[str]:
        return [segment["text"] for segment in (await self.read(**query))["segments"]]

    async def post(self, path: str, body: Any = None, *, seen: int | str | None = 1) -> httpx.Response:
        tag = f'"{seen}"' if isinstance(seen, int) else seen
        headers = {} if tag is None else {"If-Match": tag}
        return await self.client.post(f"{self.path}/{path}", json=body, headers=headers)

    async def apply(self, *operations: dict[str, Any], seen: int | str | None = 1) -> httpx.Response:
        return await self.post("transcript/operations", {"operations": operations}, seen=seen)

    async def edit(self, segment: int, text: str, seen: int = 1) -> httpx.Response:
        return await self.apply({"op": "edit_text", "segment": segment, "text": text}, seen=seen)

    async def history(self) -> list[dict[str, Any]]:
        response = await self.client.get(f"{self.path}/revisions")
        assert response.status_code == 200, response.text
        items: list[dict[str, Any]] = response.json()["items"]
        return items


TEXTS = ["Good morning everyone.", "Shall we start?", "Yes, graph anna is down.", "Graph Anna again?"]


@pytest.fixture
def completed(database: Database, settings: Settings) -> Completed:
    """Makes a meeting of somebody's that was handed in and processed some time ago."""

    async def make(client: httpx.AsyncClient) -> uuid.UUID:
        token = client.headers["Authorization"].removeprefix("Bearer ")
        user_id = AccessTokens(settings.auth).read(token).user_id
        async with database.transaction() as session:
            project = await personal_project(session, await session.get_one(User, user_id))
            meeting = Meeting(
                id=uuid.uuid4(),
                project_id=project.id,
                created_by=user_id,
                title="Stand-up",
                status=MeetingStatus.COMPLETED,
                filename="stand-up.wav",
                source_key="stand-up.wav",
                content_type="audio/wav",
                size=1,
            )
            session.add(meeting)
        return meeting.id

    return make


@pytest.fixture
def make_editor(completed: Completed, publish: Publish) -> Callable[..., Awaitable[Editor]]:
    """Makes an editor of a new meeting; ``texts`` are its segments, None: it has no transcript."""

    async def make(client: httpx.AsyncClient, texts: list[str] | None) -> Editor:
        meeting_id = await completed(client)
        if texts is not None:
            await publish(spoken(meeting_id, texts))
        return Editor(client, meeting_id)

    return make


@pytest.fixture
async def editor(ada: httpx.AsyncClient, make_editor: Callable[..., Awaitable[Editor]]) -> Editor:
    """Ada, and a meeting of hers with four segments by two speakers."""
    return await make_editor(ada, TEXTS)
