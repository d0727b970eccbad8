"""What a hub may answer, how long it is asked, and what is never shown."""

from pathlib import Path

import pytest

from fake_hub import FakeHub
from scribe.models import ModelStore
from scribe.models.catalogue import CatalogueEntry
from scribe.models.errors import HubAddressWrong, HubRefused, HubUnreachable, NotThePinnedFile, TokenInvalid
from scribe.models.hub import Hub
from scribe.models.pulling import pull


@pytest.fixture
def partial(tmp_path: Path, entry: CatalogueEntry, hub: Hub) -> Path:
    """The first hundred bytes of the weights."""
    whole = tmp_path / "whole"
    hub.fetch(entry, "model.bin", whole, lambda _: None)
    half = tmp_path / "half"
    half.write_bytes(whole.read_bytes()[:100])
    return half


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that are waited, and are not here."""
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    return waited


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, {"Content-Length": "7"}),
        (206, {"Content-Length": "7", "Content-Range": "bytes 100-106/107"}),
        (206, {"Content-Length": "7", "Content-Range": "bytes 50-56/3145728"}),
        (206, {"Content-Length": "7"}),
        (416, {"Content-Length": "7", "Content-Range": "bytes */50"}),
    ],
    ids=["another size", "of a file of another size", "another place", "no place told", "a shorter file"],
)
def test_an_answer_that_is_not_of_the_file_is_refused_and_what_was_here_stays(
    entry: CatalogueEntry, served: FakeHub, hub: Hub, partial: Path, status: int, headers: dict[str, str]
) -> None:
    begun = partial.read_bytes()
    served.instead = [(status, headers, b"sign in")]
    with pytest.raises(NotThePinnedFile, match=r"model\.bin of small-one"):
        hub.fetch(entry, "model.bin", partial, lambda _: None)
    assert partial.read_bytes() == begun


@pytest.mark.parametrize("status", [203, 204])
def test_only_the_file_itself_is_taken(
    entry: CatalogueEntry, served: FakeHub, hub: Hub, partial: Path, status: int
) -> None:
    served.instead = [(status, {}, b"")]
    with pytest.raises(HubRefused, match=f"HTTP {status}"):
        hub.fetch(entry, "model.bin", partial, lambda _: None)


def test_an_answer_of_unknown_length_that_was_shorter_leaves_nothing_behind(
    entry: CatalogueEntry, served: FakeHub, hub: Hub, tmp_path: Path
) -> None:
    served.instead = [(200, {}, b"sign in")]
    with pytest.raises(NotThePinnedFile):
        hub.fetch(entry, "model.bin", tmp_path / "new", lambda _: None)
    assert (tmp_path / "new").read_bytes() == b""


def test_more_than_the_whole_file_is_thrown_away(entry: CatalogueEntry, hub: Hub, partial: Path) -> None:
    partial.write_bytes(b"x" * (entry.files["model.bin"].size + 1))
    hub.fetch(entry, "model.bin", partial, lambda _: None)
    assert partial.read_bytes()[:8] == bytes([0, 0, 0, 0, 0, 0, 0, 1])
    assert partial.stat().st_size == entry.files["model.bin"].size


def test_pauses_grow_and_end_where_nothing_ever_comes(
    entry: CatalogueEntry, served: FakeHub, partial: Path, pauses: list[float]
) -> None:
    served.busy = 100
    with pytest.raises(HubUnreachable, match="HTTP 503"):
        Hub(served.address).fetch(entry, "model.bin", partial, lambda _: None)
    assert pauses == [1, 2, 4, 8, 16]


def test_a_hub_that_gives_a_little_each_time_is_asked_until_all_is_here(
    entry: CatalogueEntry, served: FakeHub, partial: Path, pauses: list[float]
) -> None:
    served.cut_after = [1] * 20
    Hub(served.address).fetch(entry, "model.bin", partial, lambda _: None)
    assert partial.stat().st_size == entry.files["model.bin"].size
    assert pauses == [1] * 20


@pytest.mark.parametrize(("wish", "pause"), [("7", 7), ("86400", 120), ("soon", 1)])
def test_a_hub_that_asks_to_wait_is_waited_for_within_reason(
    entry: CatalogueEntry, served: FakeHub, partial: Path, pauses: list[float], wish: str, pause: float
) -> None:
    served.instead = [(429, {"Retry-After": wish, "Content-Length": "0"}, b"")]
    Hub(served.address).fetch(entry, "model.bin", partial, lambda _: None)
    assert pauses == [pause]


def test_redirects_without_end_are_told(
    entry: CatalogueEntry, served: FakeHub, hub: Hub, partial: Path
) -> None:
    served.instead = [(302, {"Location": "/again", "Content-Length": "0"}, b"")] * 30
    with pytest.raises(HubUnreachable, match="redirects"):
        hub.fetch(entry, "model.bin", partial, lambda _: None)


@pytest.mark.parametrize("token", ["hf_secret\n", " hf_secret ", "hf_secret\r\n"])
def test_blanks_around_a_token_do_no_harm(
    store: ModelStore, entry: CatalogueEntry, served: FakeHub, token: str
) -> None:
    served.token = "hf_secret"
    pull(store, entry, Hub(served.address, token), lambda _path, _received, _size: None)
    assert store.find(entry.name, entry.family)


@pytest.mark.parametrize("token", ["hf_sec\nret", "hf_sec ret", "hf_secrét", "hf_sec\x00ret"])
def test_a_token_that_cannot_be_one_is_refused_and_not_shown(token: str) -> None:
    with pytest.raises(TokenInvalid) as refused:
        Hub("http://127.0.0.1:9", token)
    assert "SCRIBE_MODELS__TOKEN" in str(refused.value)
    assert "hf_sec" not in str(refused.value)


def test_a_token_is_shown_by_no_fault_of_the_request(
    entry: CatalogueEntry, served: FakeHub, partial: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scribe.models.hub._checked_token", lambda token: token)
    with pytest.raises(HubUnreachable, match="LocalProtocolError") as refused:
        Hub(served.address, "hf_sec\nret").fetch(entry, "model.bin", partial, lambda _: None)
    assert "hf_sec" not in str(refused.value)
    assert refused.value.__suppress_context__


@pytest.mark.parametrize(
    "address", ["hub.example", "hub.example:80", "ftp://hub.example", "http://", "http://hub.example:port"]
)
def test_an_address_that_is_none_is_refused_at_once(address: str) -> None:
    with pytest.raises(HubAddressWrong, match="SCRIBE_MODELS__HUB"):
        Hub(address)
