"""A watcher that saw nothing must not pass for one that found nothing."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from bench.measuring.watch import NeverWatched, Watch


@pytest.fixture
def process() -> Iterator[psutil.Popen]:
    with psutil.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        if process.poll() is None:
            process.kill()


def wait_for(condition: Callable[[], bool]) -> None:
    while not condition():
        time.sleep(0.01)


def test_what_is_held_while_it_is_watched_is_found(tmp_path: Path) -> None:
    spooled = tmp_path / "spooled"
    spooled.touch()
    with (
        tempfile.TemporaryFile(dir=tmp_path),
        Watch(psutil.Process(os.getpid()), tmp_path) as watch,
        watch.watching(),
    ):
        wait_for(lambda: watch.samples > 0)
    mine = sorted(file for file in watch.files if file.startswith(str(tmp_path)))
    assert len(mine) == 2
    assert mine[0].endswith(" (deleted)")
    assert mine[1] == str(spooled)


def test_a_watcher_that_died_is_an_error(process: psutil.Popen, tmp_path: Path) -> None:
    with pytest.raises(psutil.Error), Watch(process, tmp_path) as watch, watch.watching():  # noqa: PT012
        wait_for(lambda: watch.samples > 0)
        process.kill()
        process.wait()
        wait_for(lambda: watch._watcher is not None and watch._watcher.done())


def test_a_watcher_that_never_looked_is_an_error(process: psutil.Popen, tmp_path: Path) -> None:
    with pytest.raises(NeverWatched), Watch(process, tmp_path):
        pass
