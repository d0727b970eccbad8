"""Twenty short meetings at once: what grouping jobs by model saves against a swap for each job.

A real worker does them with the dummy engines, whose models pretend to take 3 s to load and 0.5 s to run;
everything else is real. The peer is the same worker with one job at a time, which is the naive order:
diarise, swap, transcribe, swap. ``longest_wait_s`` is the longest time that a stage waited for its model; its
bound is the setting ``max_wait_s`` plus what may have to be served after that: who came before, and a swap.
"""

import asyncio
import json
import tempfile
import time
from pathlib import Path

import httpx
from pydantic import JsonValue

from bench.measuring.jobs import until_done
from bench.measuring.own_worker import OwnQueue, own_queue, own_worker
from loopback_ports import reserve
from recordings import tone
from scribe.settings import get_settings

MEETINGS, PEER_MEETINGS = 20, 8
LOAD_S, WORK_S = 3.0, 0.5
CONCURRENCY = 8
MAX_WAIT_S = 30.0
GOAL_SWAPS, GOAL_SPEEDUP = 0.3, 2.0
WISHES: dict[str, JsonValue] = {"transcriber": "dummy", "diariser": "dummy", "dummy": {"seconds": WORK_S}}


def bench() -> dict[str, float]:
    """The figures by name."""
    return asyncio.run(measure())


def ok(figures: dict[str, float]) -> bool:
    """Few swaps, twice as fast as without grouping, and nobody waited longer than promised."""
    return (
        figures["swaps_per_job"] <= GOAL_SWAPS
        and figures["speedup_over_swap_each_job"] >= GOAL_SPEEDUP
        and figures["longest_wait_s"] <= figures["longest_wait_bound_s"]
    )


async def measure() -> dict[str, float]:
    async with own_queue(get_settings()) as queue:
        with tempfile.TemporaryDirectory() as folder:
            grouped = await run(queue, Path(folder), MEETINGS, CONCURRENCY)
            naive = await run(queue, Path(folder), PEER_MEETINGS, 1)
    each, each_naive = grouped["seconds"] / MEETINGS, naive["seconds"] / PEER_MEETINGS
    return {
        "swaps_per_job": grouped["swaps"] / MEETINGS,
        "naive_swaps_per_job": naive["swaps"] / PEER_MEETINGS,
        "speedup_over_swap_each_job": each_naive / each,
        "seconds_per_job": each,
        "naive_seconds_per_job": each_naive,
        "longest_wait_s": grouped["longest_wait"],
        "longest_wait_bound_s": MAX_WAIT_S + CONCURRENCY * WORK_S + 2 * (LOAD_S + 1),
    }


async def run(queue: OwnQueue, folder: Path, count: int, concurrency: int) -> dict[str, float]:
    """Queue that many meetings and wait until all are done."""
    meetings = [await queue.put(tone(5), "bench.wav", WISHES) for _ in range(count)]
    port = reserve()
    changed = {
        "SCRIBE_WORKER__CONCURRENCY": str(concurrency),
        "SCRIBE_WORKER__METRICS_PORT": str(port),
        "SCRIBE_ENGINES__MAX_WAIT_S": str(MAX_WAIT_S),
        "SCRIBE_ENGINES__TRANSCRIBER_MODEL": model(folder, "words"),
        "SCRIBE_ENGINES__DIARISER_MODEL": model(folder, "turns"),
    }
    with own_worker(queue.settings, folder, **changed):
        await queue.enqueue(meetings)
        began = time.monotonic()
        jobs = await until_done(queue, meetings)
        seconds = time.monotonic() - began
        swaps = await swaps_of(port)
    await queue.forget(meetings)
    waits = [job.timings[name] for job in jobs for name in ("diarise_wait", "transcribe_wait")]
    return {"seconds": seconds, "swaps": swaps, "longest_wait": max(waits)}


def model(folder: Path, name: str) -> str:
    """A model for the dummies that takes its time to load."""
    path = folder / name
    path.mkdir(exist_ok=True)
    (path / "dummy.json").write_text(json.dumps({"load_s": LOAD_S}))
    return str(path)


async def swaps_of(port: int) -> float:
    """The worker's own count."""
    async with httpx.AsyncClient() as client:
        metrics = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
    lines = [line for line in metrics.splitlines() if line.startswith("scribe_engine_swaps_total ")]
    return float(lines[0].split()[1])
