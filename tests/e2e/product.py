"""A whole product for browsers, web app included, shared by every pytest process of a run."""

import asyncio
import os
import secrets
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import BaseModel

from loopback_ports import reserve
from scribe.db.migrate import migrate
from scribe.first_run import first_run_code
from scribe.settings import REPOSITORY, Settings
from scribe.storage import ObjectStore
from stack.embedded import SERVERS, EmbeddedStack, Ports, StackConfig, environment_for, new_credentials
from stack.web.build import ensure_built

SAMPLE = REPOSITORY / "tests" / "data" / "sample.flac"
AS_BUILT = "SCRIBE_TEST_AS_BUILT"
"""Set it to take the web app as it was built last, for those who change a test and not a page."""
ADMIN, PASSWORD = "admin@example.org", "correct horse battery staple"
# Short limits, so that healing is quick enough to be watched.
LIMITS = {
    "SCRIBE_JOBS__LEASE_S": "6",
    "SCRIBE_JOBS__HEARTBEAT_S": "1",
    "SCRIBE_JOBS__SWEEP_S": "1",
    "SCRIBE_JOBS__RING_AFTER_S": "1",
    "SCRIBE_JOBS__RETRY_DELAY_S": "1",
}


class Person(BaseModel):
    """Somebody with an account."""

    email: str
    password: str = PASSWORD


class Product(BaseModel):
    """Where it is; every pytest process reads this from a file."""

    volumes: Path
    environment: dict[str, str]
    api_port: int
    web_port: int

    @property
    def web(self) -> str:
        """What browsers open."""
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def api(self) -> str:
        """What programs ask."""
        return f"http://127.0.0.1:{self.api_port}/api/v1"

    @contextmanager
    def client(self, person: Person) -> Iterator[httpx.Client]:
        """A signed-in client of the API."""
        with httpx.Client(base_url=self.api, timeout=60) as client:
            answer = client.post("/auth/login", json={"email": person.email, "password": person.password})
            answer.raise_for_status()
            client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
            client.cookies.clear()
            yield client

    def new_person(self, name: str = "Ada Lovelace", role: str = "operator") -> Person:
        """An account that nobody else uses, with an empty project of its own."""
        person = Person(email=f"{secrets.token_hex(6)}@example.org")
        with self.client(Person(email=ADMIN)) as admin:
            body = {"email": person.email, "password": person.password, "name": name, "role": role}
            admin.post("/users", json=body).raise_for_status()
        return person

    def new_meeting(self, person: Person, title: str = "Weekly round", file: Path = SAMPLE) -> str:
        """A recording with made-up words, one every 0.4 s, two speakers in turns of 5 s; returns its id."""
        with self.client(person) as client, file.open("rb") as recording:
            answer = client.post(
                "/meetings",
                data={"transcriber": "dummy", "diariser": "dummy", "title": title, "language": "en"},
                files={"file": (file.name, recording, "audio/flac")},
            )
            answer.raise_for_status()
            meeting_id = str(answer.json()["id"])
            pause = threading.Event()
            for _ in range(600):
                meeting = client.get(f"/meetings/{meeting_id}").json()
                if meeting["status"] in {"COMPLETED", "FAILED", "CANCELLED"}:
                    break
                pause.wait(0.1)
        assert meeting["status"] == "COMPLETED", meeting
        return meeting_id

    def names(self, person: Person) -> dict[str, str]:
        """What paths of places may name: a meeting and the project of ``person``, and ``person``."""
        meeting = self.new_meeting(person)
        with self.client(person) as client:
            project = client.get(f"/meetings/{meeting}").json()["project_id"]
            user = client.get("/auth/me").json()["id"]
        return {"meeting": meeting, "project": project, "user": user}


def start(volumes: Path) -> Product:
    """A product in a folder of its own, with one administrator; building its web app may take minutes."""
    if not os.environ.get(AS_BUILT):
        ensure_built(volumes / "logs" / "web-build.log", print)
    first = reserve(8)
    ports = Ports(postgres=first, redis=first + 1, s3=first + 2)
    environment = {
        **environment_for(ports, new_credentials()),
        **LIMITS,
        "SCRIBE_AUTH__SECRET": secrets.token_hex(32),
        "SCRIBE_API__PORT": str(first + 6),
        "SCRIBE_WEB__PORT": str(first + 7),
        "SCRIBE_STACK__VOLUMES": str(volumes),
    }
    settings = settings_of(environment)
    stack = EmbeddedStack(StackConfig.from_settings(settings))
    stack.up(_tell_nobody, SERVERS)
    apart(_prepare(settings))
    stack.up(_tell_nobody)
    product = Product(volumes=volumes, environment=environment, api_port=first + 6, web_port=first + 7)
    administrator = {"email": ADMIN, "password": PASSWORD, "name": "Grace Hopper"}
    code = first_run_code(settings.auth)
    httpx.post(f"{product.api}/setup", json={**administrator, "code": code}).raise_for_status()
    return product


def stop(volumes: Path) -> None:
    """End every process of the product in the folder."""
    EmbeddedStack(StackConfig.of_folder(volumes)).down(_tell_nobody)


def settings_of(environment: dict[str, str]) -> Settings:
    """The settings that the product's processes read."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("SCRIBE_")]:
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        return Settings(_env_file=None)


def apart(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread: Playwright keeps an event loop running in the one that tests are in."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(coroutine)
        except BaseException as error:  # noqa: BLE001  (raised again where it belongs)
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]


async def _prepare(settings: Settings) -> None:
    await migrate(settings.database)
    async with ObjectStore.open(settings.s3) as store:
        await store.ensure_bucket()


def _tell_nobody(_service: str, _sentence: str) -> None:
    return
