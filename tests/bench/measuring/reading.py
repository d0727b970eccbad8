"""What is asked of a seeded API, by whom, and how long the answers take."""

import asyncio
import itertools
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import asyncpg
import httpx
import numpy as np

from bench.measuring.lexicon import french
from bench.measuring.seeding import NAMES, TAGS
from scribe_api.meetings import cursor
from scribe_api.meetings.listing import MeetingQuery

RARE_FROM = 20_000
"""Words from here on occur some dozen times among two million segments."""


@dataclass(frozen=True)
class Reading:
    """One kind of request; ``path`` gives the n-th, so that not all ask for the same."""

    name: str
    path: Callable[[int], str]


@dataclass(frozen=True)
class Latencies:
    """What some requests of one kind took, in seconds, and how many failed."""

    seconds: list[float]
    errors: int

    def percentile_ms(self, percent: float) -> float:
        return float(np.percentile(self.seconds, percent) * 1000)


async def readings(connection: asyncpg.Connection) -> list[Reading]:
    """The requests that are measured."""
    some = "SELECT id FROM meetings ORDER BY id LIMIT 1000"
    ids: list[uuid.UUID] = [row["id"] for row in await connection.fetch(some)]
    middle = await connection.fetchrow(
        "SELECT created_at, id FROM meetings ORDER BY created_at DESC, id DESC"
        " OFFSET (SELECT count(*) / 2 FROM meetings) LIMIT 1"
    )
    deep = cursor.encode(MeetingQuery(), (middle["created_at"], middle["id"]))
    words = french().words
    return [
        Reading("list_first", lambda _: "/meetings"),
        Reading("list_deep", lambda _: asking("/meetings", cursor=deep)),
        Reading("list_by_title", lambda _: asking("/meetings", sort="title")),
        Reading("list_by_tag", lambda n: asking("/meetings", tag=TAGS[n % 20], status="COMPLETED")),
        Reading(
            "list_by_speaker", lambda n: asking("/meetings", speaker=NAMES[n % len(NAMES)], language="fr")
        ),
        Reading("detail", lambda n: f"/meetings/{ids[n % len(ids)]}"),
        Reading("search_rare", lambda n: asking("/search", q=words[RARE_FROM + n])),
        Reading("search_middling", lambda n: asking("/search", q=words[300 + n])),
        Reading("search_common", lambda _: asking("/search", q="de")),
        Reading("search_two_words", lambda _: asking("/search", q="budget équipe")),
        Reading("search_phrase", lambda _: asking("/search", q='"de la"')),
        Reading("search_accents", lambda n: asking("/search", q=["qualite", "delai", "decision"][n % 3])),
        Reading("search_prefix", lambda n: asking("/search", q=f"{words[1000 + n][:5]}*")),
        Reading("search_never_together", lambda _: asking("/search", q="été meeting")),
        Reading("statistics", lambda _: "/statistics"),
    ]


def asking(path: str, **parameters: str) -> str:
    return f"{path}?{urlencode(parameters)}"


async def measure(
    base_url: str, headers: dict[str, str], reading: Reading, *, clients: int, requests: int
) -> Latencies:
    """That many requests, shared by that many clients who each wait for an answer before they ask again."""
    numbers = iter(range(requests))
    limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx.AsyncClient(base_url=base_url, headers=headers, limits=limits, timeout=120) as client:
        await client.get(reading.path(0))
        each = await asyncio.gather(*(ask(client, reading, numbers) for _ in range(clients)))
    seconds = list(itertools.chain.from_iterable(latencies.seconds for latencies in each))
    return Latencies(seconds, sum(latencies.errors for latencies in each))


async def ask(client: httpx.AsyncClient, reading: Reading, numbers: Iterator[int]) -> Latencies:
    seconds: list[float] = []
    errors = 0
    for number in numbers:
        began = time.perf_counter()
        answer = await client.get(reading.path(number))
        seconds.append(time.perf_counter() - began)
        errors += not answer.is_success
    return Latencies(seconds, errors)
