"""Meetings with transcripts, as the worker leaves them, without the work."""

import uuid
from typing import Any

import httpx
from sqlalchemy import select

from scribe.db import Database
from scribe.db.models import Meeting, MeetingStatus, Project
from scribe.search import index_transcript
from scribe.transcript.document import Engines, EngineUsed, Segment, Speaker, Transcript

ENGINE = EngineUsed(name="dummy", model="none", device="cpu", compute_type="none")

Said = tuple[str, str] | str


def transcript_of(meeting_id: uuid.UUID, said: list[Said], language: str = "fr") -> Transcript:
    """One segment every ten seconds; the first of two texts is who says the second."""
    lines = [("Ada", line) if isinstance(line, str) else line for line in said]
    names = list(dict.fromkeys(name for name, _ in lines))
    return Transcript(
        meeting_id=meeting_id,
        revision=1,
        language=language,
        duration=10.0 * len(lines),
        engines=Engines(transcriber=ENGINE, diariser=ENGINE),
        speakers=tuple(Speaker(id=f"s{place}", label=name) for place, name in enumerate(names)),
        segments=tuple(
            Segment(id=n + 1, start=10.0 * n, end=10.0 * n + 9, speaker=f"s{names.index(name)}", text=text)
            for n, (name, text) in enumerate(lines)
        ),
    )


async def tell(
    database: Database, client: httpx.AsyncClient, *said: Said, spoken: str = "fr", **fields: Any
) -> str:
    """A meeting in the client's personal project, with this transcript; returns its id."""
    user_id = (await client.get("/auth/me")).json()["id"]
    meeting_id = uuid.uuid4()
    row: dict[str, Any] = {
        "title": "Untitled",
        "status": MeetingStatus.COMPLETED,
        "filename": "talk.wav",
        "source_key": "none",
        "content_type": "audio/wav",
        "size": 1000,
        "duration": 10.0 * len(said),
        "spoken_language": spoken,
        "revision": 1,
        "created_by": uuid.UUID(user_id),
    }
    async with database.transaction() as session:
        project_id = await session.scalar(select(Project.id).where(Project.personal_of == user_id))
        session.add(Meeting(id=meeting_id, **{"project_id": project_id, **row, **fields}))
        await session.flush()
        await index_transcript(session, transcript_of(meeting_id, list(said), spoken))
    return str(meeting_id)
