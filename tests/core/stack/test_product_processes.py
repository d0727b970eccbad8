"""The product's processes run after the servers and end before them, whatever they are."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from loopback_ports import reserve
from scribe.queue.presence import PREFIX
from stack.embedded import PRODUCT, EmbeddedStack, ServiceName, StackConfig
from stack.embedded.errors import ServiceNotReady

pytestmark = [pytest.mark.faults]

API = """
import http.server, os

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/api/v1/health/ready" else 404)
        self.end_headers()

    def log_message(self, *_):
        pass

http.server.HTTPServer(("127.0.0.1", int(os.environ["STAND_IN_PORT"])), Handler).serve_forever()
"""
WORKER = """
import os, signal, socket

with socket.create_connection(("127.0.0.1", int(os.environ["STAND_IN_REDIS"]))) as redis:
    redis.sendall(
        f"AUTH {os.environ['STAND_IN_PASSWORD']}\\r\\n"
        f"SET PREFIXROLE:host:{os.getpid()} 1\\r\\nQUIT\\r\\n".encode()
    )
    while redis.recv(100):
        pass
signal.pause()
"""


def worker(role: str) -> str:
    return WORKER.replace("PREFIX", PREFIX).replace("ROLE", role)


@pytest.fixture
def config(tmp_path: Path, make_config: Callable[[Path], StackConfig]) -> Iterator[StackConfig]:
    """Stand-ins for the product's modules: what matters here is how they are started and stopped."""
    modules = tmp_path / "modules"
    for name, text in {
        "scribe_api/__main__": API,
        "scribe_worker/gpu": worker("gpu"),
        "scribe_worker/scheduler": worker("scheduler"),
    }.items():
        file = modules / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(text)
    port = reserve()
    plain = make_config(tmp_path / "volumes")
    config = dataclasses.replace(
        plain,
        services=(ServiceName.REDIS, *PRODUCT),
        api_port=port,
        environment={
            "PYTHONPATH": str(modules),
            "STAND_IN_PORT": str(port),
            "STAND_IN_REDIS": str(plain.ports.redis),
            "STAND_IN_PASSWORD": plain.credentials.redis_password,
        },
    )
    yield config
    EmbeddedStack(config).down(lambda *_: None)


def test_the_product_comes_up_and_goes_down_with_the_servers(config: StackConfig) -> None:
    stack = EmbeddedStack(config)
    stopped: list[str] = []
    stack.up(lambda *_: None)
    rows = stack.status()

    stack.down(lambda service, _: stopped.append(service))

    assert {row.name: row.ready for row in rows} == {
        "redis": True,
        "api": True,
        "gpu": True,
        "scheduler": True,
    }
    assert stopped == ["scheduler", "gpu", "api", "redis"]
    assert not any(psutil.pid_exists(row.pid) for row in rows if row.pid)


def test_servers_alone_can_be_started_first(config: StackConfig) -> None:
    stack = EmbeddedStack(config)

    stack.up(lambda *_: None, [ServiceName.REDIS])

    assert {row.name for row in stack.status() if row.ready} == {"redis"}


def test_a_worker_that_fails_at_once_is_reported_with_its_error(config: StackConfig) -> None:
    broken = Path(config.environment["PYTHONPATH"], "scribe_worker", "gpu.py")
    broken.write_text("raise SystemExit('no engine can run here')")

    with pytest.raises(ServiceNotReady, match="no engine can run here"):
        EmbeddedStack(config).up(lambda *_: None)


def test_a_worker_that_runs_but_never_reports_is_not_ready(
    config: StackConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stack.embedded.product.Gpu.start_timeout_s", 2.0)
    Path(config.environment["PYTHONPATH"], "scribe_worker", "gpu.py").write_text(
        "import signal; signal.pause()"
    )

    with pytest.raises(ServiceNotReady, match="has not reported to Redis"):
        EmbeddedStack(config).up(lambda *_: None, ["redis", "gpu"])


def test_up_starts_what_changed_anew_and_leaves_the_rest(config: StackConfig) -> None:
    stack = EmbeddedStack(config)
    stack.up(lambda *_: None)
    before = {row.name: row.pid for row in stack.status()}
    changed = EmbeddedStack(
        dataclasses.replace(config, environment={**config.environment, "SCRIBE_LOG__LEVEL": "DEBUG"})
    )
    assert (stack.is_current(), changed.is_current()) == (True, False)

    changed.up(lambda *_: None)

    after = {row.name: row.pid for row in changed.status() if row.ready}
    assert {name for name, pid in after.items() if pid != before[name]} == {"api", "gpu", "scheduler"}
    assert set(after) == set(before)
    assert changed.is_current()


def test_a_stack_that_is_down_is_not_current(config: StackConfig) -> None:
    assert not EmbeddedStack(config).is_current()


def test_restart_starts_whatever_ran_with_old_settings(config: StackConfig) -> None:
    EmbeddedStack(config).up(lambda *_: None)
    changed = EmbeddedStack(
        dataclasses.replace(config, environment={**config.environment, "SCRIBE_LOG__LEVEL": "DEBUG"})
    )

    changed.restart("gpu", lambda *_: None)

    assert changed.healthy()


def test_restart_leaves_alone_what_did_not_run(config: StackConfig) -> None:
    stack = EmbeddedStack(config)
    stack.up(lambda *_: None, ["redis"])

    stack.restart("redis", lambda *_: None)

    assert {row.name for row in stack.status() if row.ready} == {"redis"}


def test_a_process_that_keeps_dying_is_reported_though_another_would_still_be_waited_for(
    config: StackConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stack.embedded.product.Api.start_timeout_s", 3600.0)
    modules = Path(config.environment["PYTHONPATH"])
    (modules / "scribe_api" / "__main__.py").write_text("import signal; signal.pause()")
    (modules / "scribe_worker" / "gpu.py").write_text("raise SystemExit('no engine can run here')")

    with pytest.raises(ServiceNotReady, match="no engine can run here"):
        EmbeddedStack(config).up(lambda *_: None)
