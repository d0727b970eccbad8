"""Files from a Hugging Face hub over HTTP, in a way that goes on where it stopped.

The hub's own client deletes what has arrived when it is interrupted; here a partial file stays until it is
whole. Names, addresses and the login are still the client's.
"""

import fcntl
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

import httpx
from huggingface_hub import constants, get_token, hf_hub_url

from scribe.models.catalogue import CatalogueEntry
from scribe.models.errors import HubRefused, HubUnreachable, ModelGated, PullRunning

CHUNK = 1 << 20
TRIES = 4
TIMEOUT = httpx.Timeout(20.0, read=60.0)
REFUSALS = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
BUSY = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}

Received = Callable[[int], None]
"""Called with the number of bytes of the file that are here."""


class Hub:
    """A hub and who asks.

    address: None for the client's own: the public hub, or HF_ENDPOINT
    token: None for the client's login, which is shown to no other hub than its own
    """

    def __init__(self, address: str | None = None, token: str | None = None, *, pause_s: float = 1.0) -> None:
        self._address = (address or constants.ENDPOINT).rstrip("/")
        self._token = token or (None if address else get_token())
        self._pause_s = pause_s

    def page(self, entry: CatalogueEntry) -> str:
        """Where people read about the model and accept its conditions."""
        return f"{self._address}/{entry.repo}"

    def fetch(self, entry: CatalogueEntry, path: str, partial: Path, received: Received) -> None:
        """Append to ``partial`` what is missing of the file ``path``; short outages are waited out.

        Raises ModelGated, HubRefused, HubUnreachable and PullRunning; ``partial`` stays.
        """
        size = entry.files[path].size
        with partial.open("ab") as file:
            _claim(file, path)
            if file.tell() > size:
                _empty(file)
            received(file.tell())
            fruitless = 0
            while (before := file.tell()) < size:
                try:
                    reason = self._receive(entry, path, file, received)
                except httpx.TransportError as error:
                    reason = f"{type(error).__name__}: {error}"
                fruitless = 0 if file.tell() > before else fruitless + 1
                if fruitless == TRIES:
                    raise HubUnreachable(hub=self._address, reason=reason)
                if file.tell() < size:
                    time.sleep(self._pause_s)

    def _receive(self, entry: CatalogueEntry, path: str, file: BinaryIO, received: Received) -> str:
        """One request; returns why there may be more to ask for.

        The token goes to the hub only, not to where it redirects.
        """
        begin = file.tell()
        url = hf_hub_url(entry.repo, path, revision=entry.revision, endpoint=self._address)
        headers = {"Accept-Encoding": "identity", "Range": f"bytes={begin}-"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        with httpx.stream("GET", url, headers=headers, timeout=TIMEOUT, follow_redirects=True) as response:
            if response.status_code in BUSY:
                return f"HTTP {response.status_code}"
            self._check(entry, path, response)
            if begin and response.status_code != HTTPStatus.PARTIAL_CONTENT:
                _empty(file)
            for chunk in response.iter_raw(CHUNK):
                file.write(chunk)
                received(file.tell())
                if file.tell() > entry.files[path].size:
                    break
        return "the answer ended early"

    def _check(self, entry: CatalogueEntry, path: str, response: httpx.Response) -> None:
        if response.is_success:
            return
        if response.status_code in REFUSALS and (
            entry.gated or response.headers.get("x-error-code") == "GatedRepo"
        ):
            raise ModelGated(repo=entry.repo, page=self.page(entry))
        raise HubRefused(path=path, repo=entry.repo, http_status=response.status_code)


def _empty(file: BinaryIO) -> None:
    file.truncate(0)
    file.seek(0)


def _claim(file: BinaryIO, path: str) -> None:
    """Be the only one who writes the file; the claim ends when it is closed, however that happens."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise PullRunning(path=path) from error
