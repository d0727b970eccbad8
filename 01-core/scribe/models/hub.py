"""Files from a Hugging Face hub over HTTP, in a way that goes on where it stopped.

The hub's own client deletes what has arrived when it is interrupted; here a partial file stays until it is
whole. Names, addresses and the login are still the client's.
"""

import re
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

import httpx
from huggingface_hub import constants, get_token, hf_hub_url

from scribe.models.catalogue import CatalogueEntry
from scribe.models.errors import (
    HubAddressWrong,
    HubRefused,
    HubUnreachable,
    ModelGated,
    NotThePinnedFile,
    TokenInvalid,
)

TRIES = 6
LONGEST_PAUSE_S = 30.0
LONGEST_WISHED_PAUSE_S = 120.0
"""The longest pause that is made because the hub asks for one."""
TIMEOUT = httpx.Timeout(20.0, read=60.0)
CONTENT = {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}
CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
TOKEN = re.compile(r"[!-~]+")
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


class Interrupted(Exception):
    """The rest of a file may come with another request; ``pause_s`` is how long the hub asks to wait."""

    def __init__(self, reason: str, pause_s: float = 0.0) -> None:
        super().__init__(reason)
        self.pause_s = pause_s


class Hub:
    """A hub and who asks. Raises HubAddressWrong and TokenInvalid.

    address: None for the client's own: the public hub, or HF_ENDPOINT
    token: None for the client's login, which is shown to no other hub than its own
    """

    def __init__(self, address: str | None = None, token: str | None = None, *, pause_s: float = 1.0) -> None:
        self._address = _checked_address(address or constants.ENDPOINT)
        self._token = _checked_token(token or (None if address else get_token()))
        self._pause_s = pause_s

    def page(self, entry: CatalogueEntry) -> str:
        """Where people read about the model and accept its conditions."""
        return f"{self._address}/{entry.repo}"

    def fetch(self, entry: CatalogueEntry, path: str, partial: Path, received: Received) -> None:
        """Append to ``partial`` what is missing of the file ``path``; short outages are waited out.

        Raises ModelGated, HubRefused, HubUnreachable and NotThePinnedFile; ``partial`` stays.
        """
        size = entry.files[path].size
        with partial.open("ab") as file:
            if file.tell() > size:
                _empty(file)
            received(file.tell())
            fruitless = 0
            while (before := file.tell()) < size:
                try:
                    self._receive(entry, path, file, received)
                    fruitless = 0
                except Interrupted as interruption:
                    fruitless = 0 if file.tell() > before else fruitless + 1
                    if fruitless == TRIES:
                        raise HubUnreachable(hub=self._address, reason=str(interruption)) from interruption
                    pause = min(self._pause_s * 2 ** max(0, fruitless - 1), LONGEST_PAUSE_S)
                    time.sleep(max(pause, min(interruption.pause_s, LONGEST_WISHED_PAUSE_S)))

    def _receive(self, entry: CatalogueEntry, path: str, file: BinaryIO, received: Received) -> None:
        """One request for what is missing. Raises Interrupted, and what ``fetch`` raises.

        The token goes to the hub only, not to where it redirects.
        """
        url = hf_hub_url(entry.repo, path, revision=entry.revision, endpoint=self._address)
        headers = {"Accept-Encoding": "identity", "Range": f"bytes={file.tell()}-"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            with httpx.stream("GET", url, headers=headers, timeout=TIMEOUT, follow_redirects=True) as answer:
                self._check(entry, path, answer)
                _go_to_beginning(entry, path, file, answer)
                _append(answer, file, entry.files[path].size, received)
                if answer.status_code == HTTPStatus.OK and file.tell() < entry.files[path].size:
                    _empty(file)  # an answer that tells no length ended: whatever it was, it was shorter
                    raise NotThePinnedFile(path=path, name=entry.name)
        except httpx.LocalProtocolError:  # its text quotes the headers, and one of them is the token
            raise HubUnreachable(hub=self._address, reason="LocalProtocolError") from None
        except httpx.TransportError as error:
            raise Interrupted(f"{type(error).__name__}: {error}") from error
        except httpx.RequestError as error:
            raise HubUnreachable(hub=self._address, reason=str(error)) from error

    def _check(self, entry: CatalogueEntry, path: str, answer: httpx.Response) -> None:
        """Raise unless the answer holds bytes of the file."""
        if answer.status_code in CONTENT:
            return
        if answer.status_code in BUSY:
            raise Interrupted(f"HTTP {answer.status_code}", _wished_pause(answer))
        if answer.status_code in REFUSALS and (
            entry.gated or answer.headers.get("x-error-code") == "GatedRepo"
        ):
            raise ModelGated(repo=entry.repo, page=self.page(entry))
        if answer.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise NotThePinnedFile(path=path, name=entry.name)
        raise HubRefused(path=path, repo=entry.repo, http_status=answer.status_code)


def _go_to_beginning(entry: CatalogueEntry, path: str, file: BinaryIO, answer: httpx.Response) -> None:
    """Make the file end where the answer begins. Raises NotThePinnedFile, before a byte is written."""
    size = str(entry.files[path].size)
    told = CONTENT_RANGE.fullmatch(answer.headers.get("content-range", ""))
    if answer.status_code == HTTPStatus.OK:
        begin, total = 0, answer.headers.get("content-length", size)
    elif told:
        begin, total = int(told[1]), size if told[2] == "*" else told[2]
    else:
        begin, total = -1, ""
    if total != size or begin not in {0, file.tell()}:
        raise NotThePinnedFile(path=path, name=entry.name)
    if begin == 0:
        _empty(file)


def _append(answer: httpx.Response, file: BinaryIO, size: int, received: Received) -> None:
    """Write what comes, as it comes; an answer that is longer than the file is not read to its end."""
    for chunk in answer.iter_raw():
        file.write(chunk)
        received(file.tell())
        if file.tell() >= size:
            return


def _wished_pause(answer: httpx.Response) -> float:
    """Seconds; 0 where the hub names none."""
    wish = answer.headers.get("retry-after", "")
    return float(wish) if wish.isdecimal() else 0.0


def _empty(file: BinaryIO) -> None:
    file.truncate(0)
    file.seek(0)


def _checked_address(address: str) -> str:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise HubAddressWrong(address=address) from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise HubAddressWrong(address=address)
    return address.rstrip("/")


def _checked_token(token: str | None) -> str | None:
    stripped = (token or "").strip()
    if stripped and not TOKEN.fullmatch(stripped):
        raise TokenInvalid
    return stripped or None
