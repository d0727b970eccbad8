import subprocess
import sys
from pathlib import Path

from scribe_worker.workspace import LOCK, workspace

WORKER_THAT_IS_KILLED = """
import os, signal, sys
from pathlib import Path
from scribe_worker.workspace import workspace

with workspace(Path(sys.argv[1])) as folder:
    (folder / "recording").write_bytes(b"secret")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def recordings(parent: Path) -> list[Path]:
    return sorted(parent.glob("*/recording"))


def test_what_a_killed_worker_left_is_removed_by_the_next(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", WORKER_THAT_IS_KILLED, str(tmp_path)], check=False)
    assert killed.returncode == -9
    assert len(recordings(tmp_path)) == 1
    with workspace(tmp_path):
        assert recordings(tmp_path) == []


def test_the_folder_of_a_living_worker_is_left_alone(tmp_path: Path) -> None:
    with workspace(tmp_path) as one:
        (one / "recording").write_bytes(b"")
        with workspace(tmp_path) as other:
            assert one != other
            assert recordings(tmp_path) == [one / "recording"]
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]
