"""What one user of the load benchmark does; a locustfile, run by ``load.py`` in a process of its own."""

import io
import json
import math
import random
import struct
import wave
from argparse import ArgumentParser
from base64 import b64encode
from typing import Any

import gevent
from locust import FastHttpUser, between, events, task

RATE = 8_000
WORDS = ("stand-up", "budget", "hello", "bonjour", '"weekly meeting"', "réunion")
FIELDS = {"filename": "load.wav", "title": "Load", "transcriber": "dummy", "diariser": "dummy"}
REMEMBERED = 20
ENDED = frozenset({"COMPLETED", "FAILED", "CANCELLED"})


def add_token(parser: ArgumentParser, **_: Any) -> None:
    """The account that all users share."""
    parser.add_argument("--token", default="")


def set_clock(**_: Any) -> None:
    """The event loop counts from when it was made: without this, imports would shorten the run."""
    gevent.get_hub().loop.update_now()


def count_crash(exception: BaseException, **_: Any) -> None:
    """What trips a user is a failure like that of a request."""
    events.request.fire(  # type: ignore[no-untyped-call]  # locust's
        request_type="USER", name="crash", response_time=0, response_length=0, exception=exception, context={}
    )


events.init_command_line_parser.add_listener(add_token)  # type: ignore[no-untyped-call]  # locust's
events.init.add_listener(set_clock)  # type: ignore[no-untyped-call]  # locust's
events.user_error.add_listener(count_crash)  # type: ignore[no-untyped-call]  # locust's


def recording() -> bytes:
    """A second of a tone that nobody has heard before."""
    pitch = random.uniform(200, 2000)  # noqa: S311 - no secret
    samples = (int(8000 * math.sin(2 * math.pi * pitch * i / RATE)) for i in range(RATE))
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return written.getvalue()


METADATA = ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in FIELDS.items())


class Colleague(FastHttpUser):
    """Hands recordings in, looks how far they are, reads, searches and browses."""

    wait_time = between(0.5, 1.5)

    def on_start(self) -> None:
        """Come to work with a recording."""
        self.waiting: list[str] = []
        self.readable: list[str] = []
        options = self.environment.parsed_options
        self.headers = {"Authorization": f"Bearer {options.token if options else ''}"}
        self.upload()

    @task(1)
    def upload(self) -> None:
        """One request: the upload and its bytes."""
        content = recording()
        headers = {
            **self.headers,
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(len(content)),
            "Upload-Metadata": METADATA,
            "Content-Type": "application/offset+octet-stream",
        }
        answer = self.client.post(
            "/api/v1/uploads",
            headers=headers,
            data=content,  # type: ignore[arg-type]  # bytes go out as they are
            name="upload",
        )
        if answer.status_code == 201 and answer.headers:
            self.waiting = [*self.waiting, str(answer.headers["Upload-Meeting"])][-REMEMBERED:]

    @task(4)
    def poll(self) -> None:
        """How far is what was handed in longest ago?"""
        if not self.waiting:
            return
        meeting = self.waiting[0]
        address = f"/api/v1/meetings/{meeting}"
        with self.client.get(address, headers=self.headers, name="poll", catch_response=True) as answer:
            status = json.loads(answer.content)["status"] if answer.status_code == 200 else None
            if status in ENDED:
                self.waiting.remove(meeting)
            if status == "COMPLETED":
                self.readable = [*self.readable, meeting][-REMEMBERED:]
            elif status in ENDED:
                answer.failure(f"the meeting ended as {status}")

    @task(2)
    def read(self) -> None:
        """A transcript."""
        if self.readable:
            meeting = random.choice(self.readable)  # noqa: S311 - no secret
            self.client.get(f"/api/v1/meetings/{meeting}/transcript", headers=self.headers, name="read")

    @task(2)
    def search(self) -> None:
        """Words that are often there."""
        words = random.choice(WORDS)  # noqa: S311 - no secret
        self.client.get("/api/v1/search", params={"q": words}, headers=self.headers, name="search")

    @task(2)
    def browse(self) -> None:
        """The newest meetings."""
        self.client.get("/api/v1/meetings", headers=self.headers, name="list")
