"""What the whole product bears: 10 users, then 100, who upload, poll, read, search and list for two minutes.

An API process, a worker with dummy engines and a database of the benchmark's own, on the running stack's
servers; the users are locust's. ``per_second`` counts requests; a user pauses a second between two.
They share one account, so lists and searches are over what the whole crowd has handed in. A meeting that
fails and a user who trips count as errors too.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from bench.measuring.account import BenchAccount, bench_account
from bench.measuring.own_api import own_api
from bench.measuring.own_worker import own_worker
from scribe.settings import Settings, get_settings

CROWD = Path(__file__).parent / "measuring" / "crowd.py"
CROWDS = (10, 100)
SECONDS = 120
DUMMIES = {"SCRIBE_ENGINES__TRANSCRIBER": "dummy", "SCRIBE_ENGINES__DIARISER": "dummy"}
PERCENTILES = (50, 99)
KINDS = ("upload", "poll", "read", "search", "list")


class Entry(BaseModel):
    """What locust tells of one kind of request; ``response_times``: how many took so many milliseconds."""

    name: str
    num_requests: int
    num_failures: int
    response_times: dict[float, int]


@dataclass(frozen=True)
class Phase:
    """What a crowd met."""

    users: int
    seconds: int
    entries: Sequence[Entry]

    def figures(self) -> dict[str, float]:
        """The figures by name, first all requests, then each kind."""
        requests = sum(entry.num_requests for entry in self.entries)
        every: Counter[float] = Counter()
        for entry in self.entries:
            every.update(entry.response_times)
        found = {
            "requests": float(requests),
            "errors": float(sum(entry.num_failures for entry in self.entries)),
            "per_second": requests / self.seconds,
            **percentiles("", every),
        }
        for entry in sorted(self.entries, key=lambda entry: entry.name):
            found |= percentiles(f"{entry.name}_", entry.response_times)
        return {f"users_{self.users}_{name}": value for name, value in found.items()}


class CrowdFailed(Exception):
    """Locust itself did not work, so there is nothing to tell."""


def bench() -> dict[str, float]:
    """The figures by name."""
    return asyncio.run(measure(get_settings(), CROWDS, SECONDS))


def ok(figures: dict[str, float]) -> bool:
    """No request failed, and every crowd made every kind of request."""
    crowds = {name.removesuffix("_errors") for name in figures if name.endswith("_errors")}
    made = all(f"{crowd}_{kind}_p99_ms" in figures for crowd in crowds for kind in KINDS)
    return bool(crowds) and made and not any(figures[f"{crowd}_errors"] for crowd in crowds)


async def measure(settings: Settings, crowds: Sequence[int], seconds: int) -> dict[str, float]:
    """Each crowd for so many seconds, one after the other."""
    figures: dict[str, float] = {}
    async with own_api(settings) as api, bench_account(api.settings) as account:
        with tempfile.TemporaryDirectory() as work, own_worker(api.settings, Path(work), **DUMMIES):
            for users in crowds:
                phase = await asyncio.to_thread(meet, account, users, seconds)
                figures |= phase.figures()
    return figures


def meet(account: BenchAccount, users: int, seconds: int) -> Phase:
    """Let a crowd in. Raises CrowdFailed."""
    host = account.base_url.removesuffix("/api/v1")
    token = account.headers["Authorization"].removeprefix("Bearer ")
    numbers = ["--users", str(users), "--spawn-rate", str(users), "--run-time", f"{seconds}s"]
    quiet = ["--headless", "--json", "--loglevel", "ERROR", "--exit-code-on-error", "0"]
    command = [sys.executable, "-m", "locust", "--locustfile", str(CROWD), "--host", host, *numbers, *quiet]
    done = subprocess.run([*command, "--token", token], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CrowdFailed(done.stderr.strip()[-2000:])
    entries = [Entry.model_validate(entry) for entry in json.loads(done.stdout)]
    tell(users, entries, done.stderr)
    return Phase(users, seconds, entries)


def tell(users: int, entries: Sequence[Entry], said: str) -> None:
    """A line for whoever waits, and what locust says of failures."""
    failures = sum(entry.num_failures for entry in entries)
    sys.stderr.write(f"{users} users: {sum(entry.num_requests for entry in entries)} requests\n")
    if failures:
        sys.stderr.write(f"{failures} failed\n{said}\n")


def percentiles(prefix: str, times: Mapping[float, int]) -> dict[str, float]:
    """Of a histogram: the least time that so many per cent of the requests did not exceed."""
    total = sum(times.values())
    found = {}
    for percent in PERCENTILES:
        seen = 0
        for time in sorted(times):
            seen += times[time]
            if seen * 100 >= total * percent:
                found[f"{prefix}p{percent}_ms"] = time
                break
    return found
