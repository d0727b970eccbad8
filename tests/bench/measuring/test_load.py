"""The load benchmark in small: every kind of request is made, and a failure is not overlooked."""

import asyncio
import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench import load
from bench.measuring.account import BenchAccount
from scribe.settings import Settings


@pytest.fixture
def shared(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """What the processes of the benchmark read from the environment, for they are the product's own."""
    for name, value in {
        "S3__ENDPOINT": settings.s3.endpoint,
        "S3__BUCKET": settings.s3.bucket,
        "S3__ACCESS_KEY": settings.s3.access_key.get_secret_value(),
        "S3__SECRET_KEY": settings.s3.secret_key.get_secret_value(),
        "AUTH__SECRET": settings.auth.secret.get_secret_value(),
        "STACK__VOLUMES": str(settings.stack.volumes),
        "JOBS__SWEEP_S": "1",
    }.items():
        monkeypatch.setenv(f"SCRIBE_{name}", value)
    return settings


def test_a_small_crowd_is_served_and_nothing_fails(shared: Settings) -> None:
    figures = asyncio.run(load.measure(shared, crowds=(10,), seconds=20))
    assert figures["users_10_errors"] == 0
    assert {f"users_10_{kind}_p99_ms" for kind in ("upload", "poll", "list")} <= figures.keys(), figures
    assert figures["users_10_p50_ms"] <= figures["users_10_p99_ms"]


class Poor(ThreadingHTTPServer):
    """A gateway whose every request succeeds, and whose meetings come to nothing."""

    upload_headers: dict[str, str]


class _Answer(BaseHTTPRequestHandler):
    server: Poor

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(201, self.server.upload_headers)

    def do_GET(self) -> None:
        self._answer(200, {})

    def _answer(self, status: int, headers: dict[str, str]) -> None:
        body = json.dumps({"status": "FAILED"}).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def poor_gateway(upload_headers: dict[str, str]) -> Iterator[BenchAccount]:
    with Poor(("127.0.0.1", 0), _Answer) as server:
        server.upload_headers = upload_headers
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}/api/v1"
        yield BenchAccount(uuid.uuid4(), uuid.uuid4(), address, {"Authorization": "Bearer t"})
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("upload_headers", "failing"), [({"Upload-Meeting": "m"}, "poll"), ({}, "crash")])
def test_meetings_that_fail_and_users_who_trip_are_errors(
    upload_headers: dict[str, str], failing: str
) -> None:
    with poor_gateway(upload_headers) as account:
        phase = load.meet(account, users=10, seconds=5)
    assert {entry.name for entry in phase.entries if entry.num_failures} == {failing}


@pytest.mark.parametrize(
    ("failures", "kinds", "fine"),
    [(0, load.KINDS, True), (1, load.KINDS, False), (0, load.KINDS[1:], False), (0, (), False)],
)
def test_one_failure_is_one_too_many_and_silence_is_no_success(
    failures: int, kinds: tuple[str, ...], *, fine: bool
) -> None:
    entries = [
        load.Entry(name=kind, num_requests=9, num_failures=failures, response_times={5: 9}) for kind in kinds
    ]
    assert load.ok(load.Phase(10, 1, entries).figures()) is fine


def test_percentiles_are_of_the_whole_histogram() -> None:
    assert load.percentiles("", {10: 98, 500: 1, 900: 1}) == {"p50_ms": 10, "p99_ms": 500}
