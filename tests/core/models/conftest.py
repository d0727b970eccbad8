"""A small model on a hub of the test's own, and an empty store."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from fake_hub import FakeHub
from scribe.models import FileRecord, ModelStore
from scribe.models.catalogue import CatalogueEntry
from scribe.models.hub import Hub

WEIGHTS = b"".join(number.to_bytes(4, "big") for number in range(3 << 18))
FILES = {"config.json": b"{}", "model.bin": WEIGHTS, "deep/tokenizer.json": b'{"a": 1}'}
REVISION = "0123456789abcdef0123456789abcdef01234567"
REPO = "someone/some-model"


def record(content: bytes) -> FileRecord:
    return FileRecord(size=len(content), sha256=hashlib.sha256(content).hexdigest())


@pytest.fixture
def entry() -> CatalogueEntry:
    return CatalogueEntry(
        name="small-one",
        family="whisper",
        repo=REPO,
        revision=REVISION,
        license="MIT",
        files={path: record(content) for path, content in FILES.items()},
    )


@pytest.fixture
def served() -> Iterator[FakeHub]:
    """The hub that has the model."""
    files = {f"/{REPO}/resolve/{REVISION}/{path}": content for path, content in FILES.items()}
    with FakeHub(files).serving() as hub:
        yield hub


@pytest.fixture
def hub(served: FakeHub) -> Hub:
    return Hub(served.address, pause_s=0)


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models")
