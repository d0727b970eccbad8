"""An engine's process that is cancelled, killed or hangs, in each stage that has one."""

import asyncio
import os
import signal
from typing import Any

import psutil
import pytest

from scribe import jobs
from scribe.db.models import Meeting, MeetingStatus
from scribe.storage import keys

pytestmark = pytest.mark.integration
Bench = Any

STAGES = ["convert", "diarise", "transcribe"]
AT_WORK = {"convert": "scribe.media", "diarise": "engines.child", "transcribe": "engines.child"}


def at_work(stage: str) -> list[psutil.Process]:
    """The processes of this test that do the stage's work."""
    found = []
    for process in psutil.Process().children(recursive=True):
        try:
            if any(AT_WORK[stage] in word for word in process.cmdline()):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
    return found


async def until_in(bench: Bench, meeting_id: Any, stage: str) -> psutil.Process:
    """The process that does the stage's work, once it does."""
    found: list[psutil.Process] = []

    async def is_there() -> bool:
        if (await bench.job(meeting_id)).stage == stage:
            found.extend(at_work(stage))
        return bool(found)

    await bench.until(is_there)
    return found[0]


def recording_for(stage: str) -> bytes:
    from recordings import tone

    return tone(240 if stage == "convert" else 5)


@pytest.mark.parametrize("stage", STAGES)
async def test_a_cancelled_stages_process_is_gone_and_nothing_is_left_behind(
    bench: Bench, stage: str
) -> None:
    options = {"seconds": 60, "only": {"diarise": "diariser", "transcribe": "transcriber"}.get(stage)}
    meeting_id = await bench.upload(recording_for(stage), dummy=options)
    async with bench.worker() as worker:
        running = asyncio.create_task(worker.run_job(str((await bench.job(meeting_id)).id)))
        process = await until_in(bench, meeting_id, stage)

        async with bench.database.transaction() as session:
            await jobs.cancel(session, await session.get_one(Meeting, meeting_id))
        await bench.until(lambda: gone(process))
        await running

        assert list(bench.folder.iterdir()) == []
    assert (await bench.meeting(meeting_id)).status == MeetingStatus.CANCELLED
    assert [head async for head in bench.store.list(f"{keys.meeting(meeting_id)}transcripts/")] == []


async def gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("stage", STAGES)
async def test_a_killed_process_costs_an_attempt_and_the_next_one_completes(bench: Bench, stage: str) -> None:
    options = {"seconds": 1.5, "only": {"diarise": "diariser", "transcribe": "transcriber"}.get(stage)}
    meeting_id = await bench.upload(recording_for(stage), dummy=options)
    async with bench.worker() as worker:
        running = asyncio.create_task(worker.run_job(str((await bench.job(meeting_id)).id)))
        process = await until_in(bench, meeting_id, stage)
        os.kill(process.pid, signal.SIGKILL)
        await running
        assert (await bench.meeting(meeting_id)).status == MeetingStatus.PENDING

        await asyncio.sleep(bench.settings.jobs.retry_delay_s)
        await worker.run_job(str((await bench.job(meeting_id)).id))

    assert (await bench.meeting(meeting_id)).status == MeetingStatus.COMPLETED
    assert (await bench.job(meeting_id)).attempts == 2


async def test_a_process_that_hangs_is_ended_and_the_next_job_runs(bench: Bench) -> None:
    bench.settings.engines.silent_timeout_s = 0.5
    bench.settings.jobs.max_attempts = 1
    hanging = await bench.upload(recording_for("diarise"), dummy={"fail": "hang", "only": "transcriber"})
    waiting = await bench.upload(recording_for("diarise"))
    async with bench.worker() as worker:
        await worker.run_job(str((await bench.job(hanging)).id))
        await worker.run_job(str((await bench.job(waiting)).id))

    assert (await bench.meeting(hanging)).error_code == "ENGINE_TIMEOUT"
    assert (await bench.meeting(waiting)).status == MeetingStatus.COMPLETED
