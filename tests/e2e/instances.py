"""More gateways and web apps beside those of the product, for tests that need one of their own."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx

from e2e.product import Product
from loopback_ports import reserve
from stack.web.node import QUIET, find
from stack.web.places import FRONTEND, SERVED, SERVER

PATIENCE_S = 60


@contextmanager
def web_app(gateway: int, port: int | None = None) -> Iterator[int]:
    """A web app in front of the gateway at that port; yields its own port."""
    node = find()
    assert node
    chosen = port or reserve()
    environment = {
        **QUIET,
        "NODE_ENV": "production",
        "SCRIBE_WEB__BUILD": SERVED.name,
        "SCRIBE_WEB__PORT": str(chosen),
        "SCRIBE_WEB__GATEWAY": f"http://127.0.0.1:{gateway}",
    }
    with _running([str(node.program), str(SERVER)], environment, f"http://127.0.0.1:{chosen}/sign-in"):
        yield chosen


@contextmanager
def gateway(product: Product, environment: Mapping[str, str], port: int | None = None) -> Iterator[int]:
    """An API on the product's servers, with some settings of its own; yields its port."""
    chosen = port or reserve()
    variables = {
        **product.environment,
        "SCRIBE_API__PORT": str(chosen),
        "SCRIBE_API__TRUSTED_PROXIES": '["127.0.0.1"]',
        **environment,
    }
    ready = f"http://127.0.0.1:{chosen}/api/v1/health/live"
    with _running([sys.executable, "-P", "-m", "scribe_api"], variables, ready):
        yield chosen


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], ready: str) -> Iterator[None]:
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, cwd=FRONTEND, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(ready, process)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    pause = threading.Event()
    for _ in range(PATIENCE_S * 10):
        assert process.poll() is None, f"ended with {process.returncode}"
        try:
            if httpx.get(address, timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        pause.wait(0.1)
    raise AssertionError(f"{address} does not answer")
