"""Fill a database by COPY: projects, people, meetings and the segments of their transcripts."""

import asyncio
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import asyncpg
import numpy as np
import numpy.typing as npt

from bench.measuring.lexicon import Lexicon, english, french

MEETINGS_A_COPY = 2_000
COPIES_AT_ONCE = 2
DAYS = 730
LANGUAGES, SHARES = ("fr", "en", "de"), (0.6, 0.35, 0.05)
STATUSES, OFTEN = ("COMPLETED", "FAILED", "PENDING", "CANCELLED"), (0.94, 0.03, 0.02, 0.01)
TAGS = [f"tag-{number}" for number in range(200)]
NAMES = [f"Speaker {number}" for number in range(500)]
WORDS_A_SEGMENT = 18
MEETING_COLUMNS = [
    "id",
    "project_id",
    "created_by",
    "title",
    "status",
    "tags",
    "notes",
    "filename",
    "source_key",
    "content_type",
    "size",
    "sha256",
    "duration",
    "has_video",
    "language",
    "options",
    "revision",
    "spoken_language",
    "speaker_names",
    "processing_seconds",
    "warnings",
    "created_at",
    "completed_at",
]
SEGMENT_COLUMNS = ["meeting_id", "segment_id", "start", "end", "speaker", "language", "text"]
GIN = "CREATE INDEX ix_segments_search ON segments USING gin (search)"

Tell = Callable[[str], None]
Row = tuple[object, ...]
Batch = tuple[list[Row], list[Row]]


@dataclass(frozen=True)
class Size:
    """How much is seeded. Projects differ in size as a Zipf distribution has it."""

    meetings: int
    segments: int
    projects: int
    users: int


@dataclass(frozen=True)
class Crowd:
    """The projects, the largest first, and the people; each person is a member of five."""

    projects: list[uuid.UUID]
    users: list[uuid.UUID]


async def seed(dsn: str, size: Size, tell: Tell) -> Crowd:
    """Fill the migrated database, and bring its statistics up to date."""
    random = np.random.default_rng(4)
    connection: asyncpg.Connection = await asyncpg.connect(dsn)
    try:
        crowd = await seed_crowd(connection, size, random)
        await connection.execute(
            "DROP INDEX ix_segments_search"
        )  # filling it row by row takes thrice as long
        await copy_all(dsn, batches(size, crowd, random), tell)
        await connection.execute("SET maintenance_work_mem = '1GB'")
        await connection.execute(GIN)
        tell("built the full-text index")
        await connection.execute("VACUUM ANALYZE")
        tell("vacuumed and analysed")
    finally:
        await connection.close()
    return crowd


async def copy_all(dsn: str, source: Iterator[Batch], tell: Tell) -> None:
    """Copy the batches, several at once: the server works longer on a row than this process does."""
    done = 0
    turns = asyncio.Semaphore(COPIES_AT_ONCE)

    async def copy(batch: Batch) -> None:
        nonlocal done
        connection: asyncpg.Connection = await asyncpg.connect(dsn)
        try:
            meetings, segments = batch
            await connection.copy_records_to_table("meetings", records=meetings, columns=MEETING_COLUMNS)
            await connection.copy_records_to_table("segments", records=segments, columns=SEGMENT_COLUMNS)
            done += len(meetings)
            tell(f"seeded {done:,} meetings")
        finally:
            await connection.close()
            turns.release()

    async with asyncio.TaskGroup() as copying:
        while True:
            await turns.acquire()
            batch = await asyncio.to_thread(next, source, None)
            if batch is None:
                return
            copying.create_task(copy(batch))


async def seed_crowd(connection: asyncpg.Connection, size: Size, random: np.random.Generator) -> Crowd:
    crowd = Crowd([new_id(random) for _ in range(size.projects)], [new_id(random) for _ in range(size.users)])
    people = [(user, f"{user.hex}@example.org", "", "-", "operator", True) for user in crowd.users]
    await connection.copy_records_to_table(
        "users", records=people, columns=["id", "email", "name", "password_hash", "role", "active"]
    )
    projects = [(project, f"Project {n}", "", "{}", "[]") for n, project in enumerate(crowd.projects)]
    await connection.executemany(
        "INSERT INTO projects (id, name, description, options, glossary) VALUES ($1, $2, $3, $4, $5)",
        projects,
    )
    members = [
        (crowd.projects[place], user, "editor")
        for user in crowd.users
        for place in random.choice(size.projects, size=min(5, size.projects), replace=False)
    ]
    await connection.copy_records_to_table(
        "project_members", records=members, columns=["project_id", "user_id", "role"]
    )
    return crowd


def batches(size: Size, crowd: Crowd, random: np.random.Generator) -> Iterator[Batch]:
    """Rows of meetings with the rows of their segments."""
    share = 1 / np.arange(1, size.projects + 1) ** 0.7
    share /= share.sum()
    lengths = random.multinomial(size.segments, random.dirichlet(np.full(size.meetings, 2.0)))
    newest = datetime.now(UTC)
    anglophone = english()
    lexicons = {"fr": french(), "en": anglophone, "de": anglophone}
    for first in range(0, size.meetings, MEETINGS_A_COPY):
        meetings: list[Row] = []
        segments: list[Row] = []
        for number in range(first, min(first + MEETINGS_A_COPY, size.meetings)):
            age = timedelta(days=DAYS * (1 - (number + 1) / size.meetings))
            project = crowd.projects[random.choice(size.projects, p=share)]
            user = crowd.users[random.integers(size.users)]
            language = str(random.choice(LANGUAGES, p=SHARES))
            said = Saying(lexicons[language], random, int(lengths[number]))
            meeting_id = new_id(random)
            meetings.append(meeting_row(meeting_id, project, user, language, said, newest - age))
            segments += said.rows(meeting_id, language)
        yield meetings, segments


class Saying:
    """One meeting: who speaks, and how much is said in how many segments."""

    def __init__(self, lexicon: Lexicon, random: np.random.Generator, segments: int) -> None:
        self.lexicon, self.random, self.segments = lexicon, random, segments
        self.names = [NAMES[n] for n in random.integers(len(NAMES), size=random.integers(1, 6))]
        self.duration = 4.5 * segments + float(random.random())

    def title(self) -> str:
        """Some words that are seldom or often said."""
        return self.lexicon.say(self.lexicon.draw(self.random, int(self.random.integers(2, 7))))

    def rows(self, meeting_id: uuid.UUID, language: str) -> Iterator[Row]:
        """The rows of its segments."""
        words = self.random.poisson(WORDS_A_SEGMENT, size=self.segments) + 1
        drawn: npt.NDArray[np.int64] = self.lexicon.draw(self.random, int(words.sum()))
        ends = np.cumsum(words)
        speakers = self.random.integers(len(self.names), size=self.segments)
        for n, (end, count) in enumerate(zip(ends, words, strict=True)):
            text = self.lexicon.say(drawn[end - count : end])
            yield meeting_id, n + 1, 4.5 * n, 4.5 * n + 4, self.names[speakers[n]], language, text


def meeting_row(
    meeting_id: uuid.UUID, project: uuid.UUID, user: uuid.UUID, language: str, said: Saying, at: datetime
) -> Row:
    """In the order of ``MEETING_COLUMNS``."""
    random = said.random
    status = str(random.choice(STATUSES, p=OFTEN))
    done = status == "COMPLETED"
    tags = sorted(
        {TAGS[min(int(tag), len(TAGS)) - 1] for tag in random.zipf(1.5, size=random.integers(0, 4))}
    )
    return (
        *(meeting_id, project, user, said.title(), status, tags, ""),
        *("talk.mp3", f"meetings/{meeting_id}/source/talk.mp3", "audio/mpeg"),
        *(int(said.duration * 16_000), random.bytes(32).hex(), said.duration, False, None, "{}"),
        *(1 if done else None, language if done else None, said.names if done else []),
        *(said.duration * (0.1 + 0.4 * float(random.random())) if done else None, "[]", at),
        at + timedelta(minutes=10) if done else None,
    )


def new_id(random: np.random.Generator) -> uuid.UUID:
    """Version 4, from the seeded generator."""
    return uuid.UUID(bytes=random.bytes(16), version=4)
