import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from scribe_worker.engines.llm_server import free_memory


class Ollama(ThreadingHTTPServer):
    """Two loaded models, unloaded as Ollama's API says: a request without a prompt and ``keep_alive`` 0."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.loaded = ["llama3.1:8b", "nomic-embed-text:latest"]
        self.broken = False


class Handler(BaseHTTPRequestHandler):
    server: Ollama

    def do_GET(self) -> None:
        self._answer({"models": [{"name": name, "model": name} for name in self.server.loaded]})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if asked["keep_alive"] == 0 and "prompt" not in asked:
            self.server.loaded = [name for name in self.server.loaded if name != asked["model"]]
        self._answer({"model": asked["model"], "done": True, "done_reason": "unload"})

    def _answer(self, body: dict[str, Any]) -> None:
        content = b"{" if self.server.broken else json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def ollama() -> Iterator[Ollama]:
    with Ollama() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def url(server: Ollama) -> str:
    return f"http://127.0.0.1:{server.server_port}"


async def test_every_loaded_model_is_asked_to_go(ollama: Ollama) -> None:
    await free_memory(url(ollama))

    assert ollama.loaded == []


async def test_a_server_that_talks_nonsense_holds_nothing_up(ollama: Ollama) -> None:
    ollama.broken = True

    await free_memory(url(ollama))

    assert len(ollama.loaded) == 2


async def test_a_server_that_is_away_holds_nothing_up(ollama: Ollama) -> None:
    ollama.server_close()

    await free_memory(url(ollama))

    assert len(ollama.loaded) == 2
