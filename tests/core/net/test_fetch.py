"""Fetching what lies under a URL of a user's, from a real server on loopback."""

import asyncio
import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.net.conftest import Names, Web
from scribe.net import (
    AddressForbidden,
    FetchFailed,
    FetchTimeout,
    ResponseTooLarge,
    TooManyRedirects,
    UrlNotAllowed,
    fetch,
)
from scribe.settings import NetSettings

OURS = NetSettings(allowed=["127.0.0.1"], timeout_s=20, max_redirects=2)
PUBLIC = "93.184.216.34"


def answer(body: bytes = b"hello", status: str = "200 OK", **headers: str) -> bytes:
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{told}content-length: {len(body)}\r\n\r\n".encode() + body


async def test_the_name_goes_into_the_request_and_the_address_into_the_connection(
    names: Names, web: Web
) -> None:
    names.known["radio.example"] = [["127.0.0.1"]]
    web.answers["/live?x=1"] = answer()
    fetched = await fetch(
        f"http://radio.example:{web.port}/live?x=1", OURS, max_bytes=100, resolve=names.resolve
    )
    assert (fetched.status, fetched.body) == (200, b"hello")
    assert f"host: radio.example:{web.port}" in web.requests[0].lower()
    assert "cookie" not in web.requests[0].lower()


async def test_a_name_that_changes_its_address_after_the_check_is_not_looked_up_again(
    names: Names, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    names.known["rebinding.example"] = [["127.0.0.1"], ["10.0.0.1"]]
    web.answers["/"] = answer()

    def rebound(host: str, *_: object, **__: object) -> object:
        raise AssertionError(f"{host} was resolved behind the guard's back")

    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: real(host, *a, **k) if _is_ip(host) else rebound(host)
    )
    fetched = await fetch(f"http://rebinding.example:{web.port}/", OURS, max_bytes=100, resolve=names.resolve)
    assert fetched.body == b"hello"
    assert names.asked == ["rebinding.example"]


def _is_ip(host: str | bytes | None) -> bool:
    text = host.decode() if isinstance(host, bytes) else host or ""
    return text.replace(".", "").isdecimal()


async def test_the_second_of_two_addresses_is_tried_when_the_first_does_not_answer(
    names: Names, web: Web
) -> None:
    names.known["two.example"] = [["127.0.0.2", "127.0.0.1"]]
    web.answers["/"] = answer()
    both = OURS.model_copy(update={"allowed": ["127.0.0.0/8"]})
    fetched = await fetch(f"http://two.example:{web.port}/", both, max_bytes=100, resolve=names.resolve)
    assert fetched.body == b"hello"


async def test_a_redirect_is_followed_and_checked_like_the_first_address(names: Names, web: Web) -> None:
    names.known |= {"radio.example": [["127.0.0.1"]], "inside.example": [["10.0.0.1"]]}
    web.answers["/"] = answer(status="302 Found", location="http://inside.example/secret")
    with pytest.raises(AddressForbidden):
        await fetch(f"http://radio.example:{web.port}/", OURS, max_bytes=100, resolve=names.resolve)
    assert names.asked == ["radio.example", "inside.example"]


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://user:word@radio.example/"])
async def test_a_redirect_to_what_is_no_url_for_us_is_refused(names: Names, web: Web, location: str) -> None:
    names.known["radio.example"] = [["127.0.0.1"]]
    web.answers["/"] = answer(status="301 Moved", location=location)
    with pytest.raises(UrlNotAllowed):
        await fetch(f"http://radio.example:{web.port}/", OURS, max_bytes=100, resolve=names.resolve)


async def test_a_relative_redirect_stays_at_the_host(names: Names, web: Web) -> None:
    names.known["radio.example"] = [["127.0.0.1"]]
    web.answers |= {"/old": answer(status="307 Moved", location="new"), "/new": answer(b"there")}
    fetched = await fetch(f"http://radio.example:{web.port}/old", OURS, max_bytes=100, resolve=names.resolve)
    assert (fetched.body, fetched.url) == (b"there", f"http://radio.example:{web.port}/new")


async def test_redirects_without_an_end_come_to_one(names: Names, web: Web) -> None:
    names.known["radio.example"] = [["127.0.0.1"]]
    web.answers["/"] = answer(status="302 Found", location="/")
    with pytest.raises(TooManyRedirects):
        await fetch(f"http://radio.example:{web.port}/", OURS, max_bytes=100, resolve=names.resolve)
    assert len(web.requests) == 3


async def test_more_than_was_wanted_is_not_taken(names: Names, web: Web) -> None:
    names.known["radio.example"] = [["127.0.0.1"]]
    web.answers["/"] = answer(b"x" * 101)
    with pytest.raises(ResponseTooLarge):
        await fetch(f"http://radio.example:{web.port}/", OURS, max_bytes=100, resolve=names.resolve)


async def test_a_server_that_never_finishes_is_given_up(names: Names, web: Web) -> None:
    names.known["radio.example"] = [["127.0.0.1"]]
    web.answers["/"] = answer()[:-1]  # one byte short of what it announced
    web.finishes = False
    hasty = OURS.model_copy(update={"timeout_s": 0.2})
    with pytest.raises(FetchTimeout):
        await fetch(f"http://radio.example:{web.port}/", hasty, max_bytes=100, resolve=names.resolve)


@pytest.mark.parametrize("garbage", [b"SSH-2.0-OpenSSH\r\n\r\n", b""])
async def test_a_server_of_another_protocol_is_told_without_what_it_said(
    names: Names, web: Web, garbage: bytes
) -> None:
    names.known["radio.example"] = [["127.0.0.1"]]
    web.answers["/"] = garbage
    with pytest.raises(FetchFailed) as failed:
        await fetch(f"http://radio.example:{web.port}/", OURS, max_bytes=100, resolve=names.resolve)
    assert "SSH" not in str(failed.value)


async def test_a_public_address_is_never_reached_by_a_proxy_of_the_environment(
    names: Names, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    names.known["radio.example"] = [["127.0.0.1"]]
    web.answers["/"] = answer()
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    fetched = await fetch(f"http://radio.example:{web.port}/", OURS, max_bytes=100, resolve=names.resolve)
    assert fetched.body == b"hello"


def self_signed(folder: Path, host: str) -> ssl.SSLContext:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    both = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    both.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context


async def test_https_asks_for_the_name_and_refuses_a_certificate_that_nobody_vouches_for(
    names: Names, web: Web, tmp_path: Path
) -> None:
    names.known["radio.example"] = [["127.0.0.1"]]
    asked: list[str | None] = []
    context = self_signed(tmp_path, "radio.example")
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    server = await asyncio.start_server(web.serve, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(FetchFailed):
        await fetch(f"https://radio.example:{port}/", OURS, max_bytes=100, resolve=names.resolve)
    server.close()
    assert asked == ["radio.example"]
    assert web.requests == []
