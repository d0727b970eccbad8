"""`scribe login`, `logout`, `whoami`, and who a script is."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from client.running import Command, Person
from scribe_client import Client
from scribe_client.authentication import Tokens, TokensInMemory
from scribe_client.credentials import Credentials, CredentialsFile


@pytest.fixture
def signed_in(nobody: Command, server: str, ada: Person) -> Command:
    """The command of somebody who has just signed in."""
    done = nobody("login", "--server", server, "--email", ada.email, stdin=f"{ada.password}\n")
    assert done.returncode == 0, done.stderr
    return nobody


@pytest.fixture
def key(server: str, tokens: Tokens) -> str:
    """A key of a project of its own, with every scope."""
    with httpx.Client(
        base_url=f"{server}/api/v1", headers={"Authorization": f"Bearer {tokens.access_token}"}
    ) as http:
        project = http.get("/projects").json()["items"][0]["id"]
        wanted = {"name": "script", "scopes": ["read", "upload", "edit", "delete"]}
        made = http.post(f"/projects/{project}/keys", json=wanted)
        assert made.status_code == 201, made.text
        return str(made.json()["key"])


def change(path: Path, **changed: Any) -> None:
    """Change what is kept of the session's tokens."""
    credentials = json.loads(path.read_text())
    credentials["tokens"].update(changed)
    path.write_text(json.dumps(credentials))


def test_whoever_signed_in_stays_signed_in(signed_in: Command, ada: Person, server: str) -> None:
    told = signed_in("whoami", "--json")
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    assert found["account"]["email"] == ada.email
    assert found["server"] == server
    assert len(found["projects"]) == 1


def test_what_is_kept_is_for_its_owner_alone_and_holds_no_password(signed_in: Command, ada: Person) -> None:
    assert stat.S_IMODE(signed_in.credentials.stat().st_mode) == 0o600
    assert ada.password not in signed_in.credentials.read_text()


def test_a_wrong_password_is_refused_in_the_servers_own_words(
    nobody: Command, server: str, ada: Person
) -> None:
    told = nobody("login", "--server", server, "--email", ada.email, stdin="wrong\n")
    assert told.returncode == 1
    assert "password" in told.stderr.lower()
    assert "Traceback" not in told.stderr
    assert not nobody.credentials.exists()


def test_a_stale_access_token_is_renewed_and_the_new_pair_is_kept(scribe: Command) -> None:
    before = json.loads(scribe.credentials.read_text())["tokens"]
    change(scribe.credentials, expires_at=datetime(2026, 1, 1, tzinfo=UTC).isoformat())
    assert scribe("whoami").returncode == 0
    after = json.loads(scribe.credentials.read_text())["tokens"]
    assert after["refresh_token"] != before["refresh_token"]
    assert scribe("whoami").returncode == 0


def test_a_session_is_never_offered_to_another_server(tmp_path: Path) -> None:
    file = CredentialsFile(tmp_path / "credentials.json")
    here = Credentials(server="https://here.test", who="ada", tokens=pair("a"))
    session = file.session_of(here)
    file.write(here)
    assert session.load() == here.tokens
    there = Credentials(server="https://there.test", who="ada", tokens=pair("b"))
    file.write(there)
    assert session.load() is None
    session.keep(pair("c"))
    assert file.read() == there


def test_a_renewal_whose_answer_is_lost_is_asked_for_again_at_once(tmp_path: Path) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.path)
        if not request.url.path.endswith("/auth/refresh"):
            return httpx.Response(200, json={"items": []})
        assert 0 < request.extensions["timeout"]["read"] < 5
        if len(seen) == 1:
            raise httpx.ReadTimeout("no answer")
        return httpx.Response(200, json={"access_token": "new", "refresh_token": "next"})

    stale = TokensInMemory(pair("old", datetime(2026, 1, 1, tzinfo=UTC)))
    transport = httpx.MockTransport(answer)
    with Client.with_tokens("http://api.test", stale, "ada", memory=tmp_path, transport=transport) as client:
        assert client.projects() == []
    assert seen == ["/api/v1/auth/refresh", "/api/v1/auth/refresh", "/api/v1/projects"]


def pair(name: str, expires_at: datetime = datetime(2100, 1, 1, tzinfo=UTC)) -> Tokens:
    return Tokens(access_token=name, refresh_token=f"refresh {name}", expires_at=expires_at)


def test_commands_that_renew_at_the_same_time_do_not_end_the_session(scribe: Command) -> None:
    change(scribe.credentials, expires_at=datetime(2026, 1, 1, tzinfo=UTC).isoformat())
    started = [scribe.start("whoami") for _ in range(4)]
    outcomes = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0] * 4, outcomes


def test_an_access_token_that_the_server_does_not_take_is_renewed(scribe: Command) -> None:
    change(scribe.credentials, access_token="no.such.token")
    assert scribe("whoami").returncode == 0


def test_a_session_that_was_ended_says_to_sign_in_again(scribe: Command, server: str) -> None:
    tokens = json.loads(scribe.credentials.read_text())["tokens"]
    httpx.post(
        f"{server}/api/v1/auth/logout", json={"refresh_token": tokens["refresh_token"]}
    ).raise_for_status()
    told = scribe("list")
    assert told.returncode == 1
    assert "scribe login" in told.stderr


def test_signing_out_ends_the_session_on_the_server_and_forgets_it(scribe: Command, server: str) -> None:
    change(scribe.credentials, expires_at=datetime(2026, 1, 1, tzinfo=UTC).isoformat())  # renewed first
    tokens = json.loads(scribe.credentials.read_text())["tokens"]
    assert scribe("logout").returncode == 0
    assert not scribe.credentials.exists()
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert httpx.get(f"{server}/api/v1/auth/me", headers=bearer).status_code == 401
    assert "scribe login" in scribe("list").stderr


def test_a_script_signs_in_with_a_projects_key(nobody: Command, server: str, key: str) -> None:
    nobody.variables |= {"SCRIBE_SERVER": server, "SCRIBE_API_KEY": key}
    told = nobody("list", "--json")
    assert (told.returncode, told.stdout.strip()) == (0, "[]"), told.stderr
    assert "project key" in nobody("whoami").stdout


def test_the_server_of_the_session_may_be_named_in_any_spelling(scribe: Command, server: str) -> None:
    scribe.variables |= {"SCRIBE_SERVER": f"{server}/"}
    assert scribe("whoami").returncode == 0


def test_a_key_can_be_kept_as_well(nobody: Command, server: str, key: str) -> None:
    told = nobody("login", "--server", server, "--api-key", stdin=f"{key}\n")
    assert told.returncode == 0, told.stderr
    assert key not in told.stdout
    assert nobody("list").returncode == 0


def test_a_key_that_nobody_made_is_refused(nobody: Command, server: str) -> None:
    told = nobody("login", "--server", server, "--api-key", stdin="sms_nobody\n")
    assert told.returncode == 1
    assert not nobody.credentials.exists()


@pytest.mark.parametrize("command", ["list", "whoami"])
def test_nobody_is_told_how_to_sign_in(nobody: Command, command: str) -> None:
    told = nobody(command)
    assert told.returncode == 1
    assert "scribe login" in told.stderr


def test_a_server_that_is_away_has_an_exit_code_of_its_own(nobody: Command) -> None:
    nobody.variables |= {"SCRIBE_SERVER": "http://127.0.0.1:9", "SCRIBE_API_KEY": "sms_key"}
    told = nobody("list")
    assert told.returncode == 3
    assert "does not answer" in told.stderr
    assert "Traceback" not in told.stderr
