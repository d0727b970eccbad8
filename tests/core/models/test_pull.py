"""Pulling a model: what is interrupted goes on, what is wrong is refused, and every refusal says why."""

import os
import shutil
from pathlib import Path

import pytest

from fake_hub import FakeHub
from scribe.models import ModelStore
from scribe.models.catalogue import CatalogueEntry
from scribe.models.errors import (
    ChecksumWrong,
    DiskFull,
    HubRefused,
    HubUnreachable,
    ModelExists,
    ModelGated,
    NotThePinnedFile,
)
from scribe.models.hub import Hub
from scribe.models.local import add
from scribe.models.pulling import pull
from scribe.settings import REPOSITORY

FIXTURES = REPOSITORY / "tests" / "fixtures" / "models"
Seen = list[tuple[str, int, int]]


def weights(store: ModelStore, entry: CatalogueEntry) -> Path:
    return store.folder / entry.folder / "model.bin"


def silently(_path: str, _received: int, _size: int) -> None:
    """Nobody watches."""


def test_a_pulled_model_is_installed_whole_under_its_revision(
    store: ModelStore, entry: CatalogueEntry, served: FakeHub, hub: Hub
) -> None:
    pull(store, entry, hub, silently)
    found = store.find("small-one", "whisper")
    assert found
    assert found.revision == entry.revision
    assert {
        path.relative_to(found.path).as_posix(): path.read_bytes()
        for path in found.path.rglob("*")
        if path.is_file()
    } == {path.rpartition(f"{entry.revision}/")[2]: content for path, content in served.files.items()}


def test_progress_counts_the_bytes_of_every_file(store: ModelStore, entry: CatalogueEntry, hub: Hub) -> None:
    seen: Seen = []
    pull(store, entry, hub, lambda *step: seen.append(step))
    last = {path: (received, size) for path, received, size in seen}
    assert last == {path: (record.size, record.size) for path, record in entry.files.items()}


def test_a_connection_that_breaks_is_taken_up_where_it_broke(
    store: ModelStore, entry: CatalogueEntry, served: FakeHub, hub: Hub
) -> None:
    served.cut_after = [10**9, 1000, 7]
    pull(store, entry, hub, silently)
    assert served.ranges_asked_of_store == [
        "bytes=0-",
        "bytes=0-",
        "bytes=1000-",
        "bytes=1007-",
        "bytes=0-",
    ]
    assert store.find("small-one", "whisper")


def test_a_pull_that_was_interrupted_goes_on_the_next_time(
    store: ModelStore, entry: CatalogueEntry, served: FakeHub, hub: Hub
) -> None:
    def stop(path: str, received: int, _size: int) -> None:
        if path == "model.bin" and received:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pull(store, entry, hub, stop)
    assert store.installed() == ()
    kept = weights(store, entry).with_name("model.bin.incomplete").stat().st_size
    assert kept > 0
    served.asked.clear()
    pull(store, entry, hub, silently)
    assert served.ranges_asked_of_store == [f"bytes={kept}-", "bytes=0-"]
    assert store.find("small-one", "whisper")


def test_a_store_that_knows_no_ranges_is_read_from_the_start(
    store: ModelStore, entry: CatalogueEntry, served: FakeHub, hub: Hub
) -> None:
    served.ranges = False
    served.cut_after = [10**9, 1 << 20]
    pull(store, entry, hub, silently)
    assert store.find("small-one", "whisper")


def test_a_hub_that_is_busy_for_a_moment_is_asked_again(
    store: ModelStore, entry: CatalogueEntry, served: FakeHub, hub: Hub
) -> None:
    served.busy = 2
    pull(store, entry, hub, silently)
    assert store.find("small-one", "whisper")


def test_bytes_that_are_not_the_pinned_ones_are_refused_and_removed(
    store: ModelStore, entry: CatalogueEntry, served: FakeHub, hub: Hub
) -> None:
    address = next(path for path in served.files if path.endswith("model.bin"))
    served.files[address] = b"x" + served.files[address][1:]
    with pytest.raises(ChecksumWrong) as refused:
        pull(store, entry, hub, silently)
    assert "model.bin of small-one" in str(refused.value)
    assert store.installed() == ()
    assert list(weights(store, entry).parent.glob("model.bin*")) == []


@pytest.mark.parametrize("served_size", [10, 9 << 20])
def test_a_file_of_another_size_than_the_pinned_one_is_refused_unread(
    store: ModelStore, entry: CatalogueEntry, served: FakeHub, hub: Hub, served_size: int
) -> None:
    address = next(path for path in served.files if path.endswith("model.bin"))
    served.files[address] = b"x" * served_size
    seen: Seen = []
    with pytest.raises(NotThePinnedFile, match=r"model\.bin of small-one"):
        pull(store, entry, hub, lambda *step: seen.append(step))
    assert sum(received for path, received, _ in seen if path == "model.bin") == 0


def test_a_gated_model_says_where_to_accept_its_conditions(
    store: ModelStore, entry: CatalogueEntry, served: FakeHub, hub: Hub
) -> None:
    served.token = "hf_secret"
    with pytest.raises(ModelGated) as refused:
        pull(store, entry, hub, silently)
    assert f"{served.address}/{entry.repo}" in str(refused.value)
    assert "SCRIBE_MODELS__TOKEN" in str(refused.value)


def test_the_token_opens_the_gate_and_is_shown_to_nobody_else(
    store: ModelStore, entry: CatalogueEntry, served: FakeHub
) -> None:
    served.token = "hf_secret"
    pull(store, entry, Hub(served.address, "hf_secret", pause_s=0), silently)
    assert store.find("small-one", "whisper")
    assert set(served.tokens_shown_to_store) == {None}


def test_a_file_that_is_not_on_the_hub_is_named(
    store: ModelStore, entry: CatalogueEntry, served: FakeHub, hub: Hub
) -> None:
    served.files.clear()
    with pytest.raises(HubRefused, match=r"config\.json of someone/some-model \(HTTP 404\)"):
        pull(store, entry, hub, silently)


def test_without_a_network_the_way_without_one_is_told(store: ModelStore, entry: CatalogueEntry) -> None:
    with pytest.raises(HubUnreachable, match="models add FOLDER"):
        pull(store, entry, Hub("http://127.0.0.1:9", pause_s=0), silently)


def test_a_full_disk_is_noticed_before_anything_is_fetched(
    store: ModelStore, entry: CatalogueEntry, served: FakeHub, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")._replace(free=1 << 20)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(DiskFull, match="needs 4 MiB"):
        pull(store, entry, hub, silently)
    assert served.asked == []


def test_a_model_of_ones_own_is_not_replaced_by_one_of_the_same_name(
    store: ModelStore, entry: CatalogueEntry, served: FakeHub, hub: Hub
) -> None:
    mine = add(store, FIXTURES / "whisper-tiny", entry.name)
    with pytest.raises(ModelExists, match="models remove small-one"):
        pull(store, entry, hub, silently)
    assert store.manifests() == (mine,)
    assert served.asked == []


def test_a_model_and_its_record_are_on_the_disk_before_they_have_their_names(
    store: ModelStore, entry: CatalogueEntry, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[int] = set()
    sync = os.fsync

    def note(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        sync(descriptor)

    monkeypatch.setattr("os.fsync", note)
    pull(store, entry, hub, silently)
    declared = [*(store.folder / entry.folder).rglob("*.*"), store.folder / "manifests" / "small-one.json"]
    assert {path.stat().st_ino for path in declared} == synced


def test_pulling_again_fetches_only_what_is_damaged(
    store: ModelStore, entry: CatalogueEntry, served: FakeHub, hub: Hub
) -> None:
    pull(store, entry, hub, silently)
    (store.folder / entry.folder / "config.json").write_text("[]")
    served.asked.clear()
    pull(store, entry, hub, silently)
    assert len(served.ranges_asked_of_store) == 1
    assert (store.folder / entry.folder / "config.json").read_text() == "{}"
