"""A first start that was killed half-way must not be the operator's problem."""

import dataclasses
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stack.embedded import EmbeddedStack, StackConfig

pytestmark = [pytest.mark.faults]

FIRST_START = """
import pickle, sys
from stack.embedded import EmbeddedStack

def tell(service, sentence):
    print(service, sentence, flush=True)

EmbeddedStack(pickle.load(sys.stdin.buffer)).up(tell, ["postgres"])
"""


@pytest.fixture
def config(tmp_path: Path, make_config: Callable[[Path], StackConfig]) -> Iterator[StackConfig]:
    config = make_config(tmp_path / "volumes")
    yield config
    EmbeddedStack(config).down(lambda *_: None)


def test_up_heals_after_kill_9_in_the_middle_of_initdb(config: StackConfig) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", FIRST_START], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdin
        assert first.stdout
        first.stdin.write(pickle.dumps(config))
        first.stdin.close()
        assert b"creating the database cluster" in first.stdout.readline()
        first.send_signal(signal.SIGKILL)
    assert not (config.volumes / "postgres_data").exists()

    stack = EmbeddedStack(config)
    stack.up(lambda *_: None, ["postgres"])

    assert next(row for row in stack.status() if row.name == "postgres").ready
    assert list(config.volumes.glob("postgres_data.*")) == []


def test_up_moves_a_half_made_cluster_aside(config: StackConfig) -> None:
    data = config.volumes / "postgres_data"
    (data / "base" / "1").mkdir(parents=True)
    (data / "PG_VERSION").write_text("16\n")
    told: list[str] = []

    stack = EmbeddedStack(config)
    stack.up(lambda _, sentence: told.append(sentence), ["postgres"])

    assert next(row for row in stack.status() if row.name == "postgres").ready
    assert any("half-made cluster" in sentence for sentence in told)
    assert len(list(config.volumes.glob("postgres_data.unusable-*"))) == 1


def test_a_stack_in_a_deep_folder_finds_its_supervisor_again(config: StackConfig) -> None:
    deep = dataclasses.replace(config, volumes=config.volumes / ("deep-" * 12) / ("er-" * 20))
    EmbeddedStack(deep).up(lambda *_: None, ["redis"])

    rows = {row.name: row.ready for row in EmbeddedStack(deep).status()}
    EmbeddedStack(deep).down(lambda *_: None)

    assert rows == {"postgres": False, "redis": True, "s3": False}
    assert {row.state for row in EmbeddedStack(deep).status()} == {"down"}
