"""`login`, `logout` and `whoami`."""

import sys
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Annotated, TypeVar

import httpx
import typer
from pydantic import SecretStr

from scribe_client.authentication import Password, Tokens, login_request, tokens_in
from scribe_client.cli.signed_in import signed_in
from scribe_client.cli.terminal import print_json, results, say
from scribe_client.client import Client
from scribe_client.connection import API, TIMEOUT, normalised
from scribe_client.credentials import Credentials, CredentialsFile
from scribe_client.errors import ClientError, Refused, ServerAway
from scribe_client.settings import ClientSettings, credentials_file

Found = TypeVar("Found")
SHOWN_OF_KEY = 12
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
AsJson = Annotated[bool, typer.Option("--json", help="The result as JSON on standard output.")]


def login(
    server: Annotated[
        str | None, typer.Option(help="Where it runs: https://scribe.example.org. SCRIBE_SERVER without it.")
    ] = None,
    email: Annotated[str | None, typer.Option(help="Whose account; asked for without it.")] = None,
    *,
    api_key: Annotated[
        bool, typer.Option("--api-key", help="Sign in with a project's key instead of a password.")
    ] = False,
) -> None:
    """Sign in, and stay signed in.

    The password (with --api-key: the key) is asked for, or read from standard input where that is no
    terminal. What is kept lies in a file that only you can read.
    """
    address = server or ClientSettings().server or _kept_server() or typer.prompt("Server")
    address = normalised(address)
    _warn_if_readable(address)
    credentials = _with_key(address) if api_key else _with_password(address, email)
    kept = CredentialsFile(credentials_file())
    with kept.locked():
        kept.write(credentials)
    results.print(f"Signed in to {address} as {credentials.who}")


def logout() -> None:
    """End the session and forget it."""
    kept = CredentialsFile(credentials_file())
    with kept.locked():
        credentials = kept.read()
        if credentials is None:
            say("Nobody was signed in.")
            return
        if credentials.tokens:
            session = kept.session_of(credentials)
            client = Client.with_tokens(credentials.server, session, credentials.who)
            with suppress(ClientError), client:
                client.sign_out()
        kept.remove()
    results.print(f"Signed out of {credentials.server}")


def whoami(*, as_json: AsJson = False) -> None:
    """Say who is signed in, where, and which projects that opens."""
    with signed_in() as client:
        account = _unless_forbidden(client.account)
        projects = _unless_forbidden(client.projects) or []
        if as_json:
            print_json({"server": client.server, "account": account, "projects": projects})
            return
        results.print(f"Server    {client.server}")
        results.print(f"Account   {f'{account.email} ({account.role})' if account else 'a project key'}")
        for project in projects:
            results.print(f"Project   {project.name}  {project.id}")


def _with_password(address: str, email: str | None) -> Credentials:
    who = email or typer.prompt("E-mail address")
    password = SecretStr(_secret("Password"))
    tokens = _session(address, Password(email=who, password=password))
    return Credentials(server=address, who=who, tokens=tokens)


def _session(address: str, password: Password) -> Tokens:
    with httpx.Client(timeout=TIMEOUT) as http:
        try:
            return tokens_in(http.send(login_request(f"{address}{API}", password)))
        except httpx.TransportError as error:
            raise ServerAway(address, str(error) or type(error).__name__) from error


def _with_key(address: str) -> Credentials:
    key = _secret("API key")
    with Client.with_key(address, key) as client:
        _unless_forbidden(lambda: next(client.meetings(limit=1), None))  # whether it is taken at all
    return Credentials(server=address, who=f"{key[:SHOWN_OF_KEY]}…", api_key=SecretStr(key))


def _unless_forbidden(ask: Callable[[], Found]) -> Found | None:
    """None where the caller is known and may not know this: a key is no person."""
    try:
        return ask()
    except Refused as refused:
        if refused.status != HTTPStatus.FORBIDDEN:
            raise
        return None


def _secret(what: str) -> str:
    """Typed unseen at a terminal; a line of standard input elsewhere."""
    if sys.stdin.isatty():
        return str(typer.prompt(what, hide_input=True))
    found = sys.stdin.readline().rstrip("\r\n")
    if not found:
        raise typer.BadParameter(f"standard input holds no {what.lower()}")
    return found


def _kept_server() -> str | None:
    kept = CredentialsFile(credentials_file()).read()
    return kept.server if kept else None


def _warn_if_readable(address: str) -> None:
    url = httpx.URL(address)
    if url.scheme == "http" and url.host not in LOOPBACK:
        say(f"{address} is not encrypted: anybody on the way can read the password and the recordings.")
