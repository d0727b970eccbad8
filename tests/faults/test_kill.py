"""Whatever is killed in the middle of a job, and although nobody sends a new message, the job ends
COMPLETED by itself, once, and finished stages are not repeated."""

import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

from stack.embedded import ServiceName

pytestmark = [pytest.mark.integration, pytest.mark.faults, pytest.mark.xdist_group("faults")]
LivingStack = Any

# An API whose every announcement is cut off by a kill -9 right after the commit.
API_THAT_DIES_BEFORE_THE_BELL = """
import os, runpy, signal
from scribe.queue.announcer import RedisAnnouncer

async def die(self, messages):
    os.kill(os.getpid(), signal.SIGKILL)

RedisAnnouncer.announce = die
runpy.run_module("scribe_api", run_name="__main__")
"""


def is_completed(meeting: dict[str, Any]) -> bool:
    assert meeting["status"] != "FAILED", meeting
    return bool(meeting["status"] == "COMPLETED")


def is_diarising(meeting: dict[str, Any]) -> bool:
    return bool(meeting["status"] == "PROCESSING" and meeting["stage"] == "diarise")


def wipe(folder: Path) -> None:
    for entry in folder.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def assert_done_once(living: LivingStack, meeting_id: str) -> None:
    done = living.query("SELECT count(*) FROM jobs WHERE meeting_id = $1 AND status = 'DONE'", meeting_id)
    assert done == [(1,)]
    assert len(living.objects(f"meetings/{meeting_id}/transcripts/")) == 1


@pytest.mark.parametrize(
    "service", [ServiceName.GPU, ServiceName.POSTGRES, ServiceName.REDIS, ServiceName.S3]
)
def test_a_job_survives_the_kill_of_a_process(
    living: LivingStack, client: httpx.Client, service: ServiceName
) -> None:
    meeting_id = living.upload(client, seconds=2)
    living.wait(client, meeting_id, is_diarising)
    converted = living.objects(f"meetings/{meeting_id}/audio.flac")
    if service is ServiceName.REDIS:
        wipe(living.volumes / "redis_data")
    living.kill(service)
    living.wait(client, meeting_id, is_completed)
    assert_done_once(living, meeting_id)
    assert living.objects(f"meetings/{meeting_id}/audio.flac") == converted
    assert list((living.volumes / "work").glob("*/job-*")) == []


def test_jobs_whose_bells_redis_lost_are_done_all_the_same(living: LivingStack, client: httpx.Client) -> None:
    more_than_a_worker_takes = living.settings.worker.concurrency + 3
    meetings = [living.upload(client, seconds=1) for _ in range(more_than_a_worker_takes)]
    wipe(living.volumes / "redis_data")
    living.kill(ServiceName.REDIS)
    for meeting_id in meetings:
        living.wait(client, meeting_id, is_completed)
        assert_done_once(living, meeting_id)


def test_a_job_survives_an_api_that_dies_between_commit_and_bell(
    living: LivingStack, client: httpx.Client
) -> None:
    port = living.api_port + 100
    with living.process("-c", API_THAT_DIES_BEFORE_THE_BELL, SCRIBE_API__PORT=str(port)) as api:
        wait_for_port(api, port)
        with living.client(port) as doomed, pytest.raises(httpx.TransportError):
            living.upload(doomed)
        assert api.wait(10) == -9
    newest = client.get("/meetings", params={"limit": 1}).json()["items"][0]["id"]
    living.wait(client, newest, is_completed)
    assert_done_once(living, newest)


def test_two_apis_and_two_workers_share_the_work(living: LivingStack, client: httpx.Client) -> None:
    port = living.api_port + 101
    with (
        living.process("-m", "scribe_api", SCRIBE_API__PORT=str(port)) as api,
        living.process("-m", "scribe_worker.gpu"),
    ):
        wait_for_port(api, port)
        with living.client(port) as other:
            meetings = [living.upload(each, seconds=0.2) for _ in range(6) for each in (client, other)]
        for meeting_id in meetings:
            living.wait(client, meeting_id, is_completed)
    workers = living.query(
        "SELECT worker, count(*) FROM jobs"
        " WHERE meeting_id = ANY($1::uuid[]) AND status = 'DONE' GROUP BY worker",
        meetings,
    )
    assert len(workers) == 2, workers
    assert sum(count for _, count in workers) == len(meetings)


def wait_for_port(process: Any, port: int) -> None:
    transport = httpx.HTTPTransport(retries=8)
    assert process.poll() is None
    with httpx.Client(transport=transport, timeout=30) as probe:
        assert probe.get(f"http://127.0.0.1:{port}/api/v1/health/live").status_code == 200
