"""The file .env: complete, private, and never overwritten."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, SecretStr

from scribe.settings import REPOSITORY, Settings
from stack.cli import env_file

EXAMPLE = REPOSITORY / ".env.example"
DEPENDS_ON_THE_FOLDER = {"SCRIBE_STACK__VOLUMES"}


def fields(model: type[BaseModel], prefix: str = "SCRIBE_") -> Iterator[tuple[str, object]]:
    for name, field in model.model_fields.items():
        if isinstance(field.default, BaseModel):
            yield from fields(type(field.default), f"{prefix}{name.upper()}__")
        else:
            yield f"{prefix}{name.upper()}", field.default


def shown(default: object) -> str:
    if default is None:
        return ""
    if isinstance(default, SecretStr):
        return default.get_secret_value()
    return str(default).lower() if isinstance(default, bool) else str(default)


def example_lines() -> dict[str, str]:
    found = map(env_file.ASSIGNMENT.match, EXAMPLE.read_text().splitlines())
    return {line["name"]: line["value"] for line in found if line}


def test_the_example_names_every_setting_with_its_default_and_nothing_else() -> None:
    expected = {name: shown(default) for name, default in fields(Settings)}
    expected |= dict.fromkeys(DEPENDS_ON_THE_FOLDER, "")
    assert example_lines() == expected


def test_every_setting_of_the_example_has_a_comment_above_it() -> None:
    lines = EXAMPLE.read_text().splitlines()
    bare = [
        line
        for above, line in itertools.pairwise(lines)
        if env_file.ASSIGNMENT.match(line) and not re.match(r"^# (?!SCRIBE_)\S", above)
    ]
    assert bare == []


def test_a_new_file_is_the_example_with_the_credentials_in_it_and_private(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    written = env_file.ensure(path, EXAMPLE, {"SCRIBE_AUTH__SECRET": "s" * 40, "SCRIBE_S3__REGION": "here"})
    assert written == ["SCRIBE_AUTH__SECRET", "SCRIBE_S3__REGION"]
    assert path.stat().st_mode & 0o777 == 0o600
    values = env_file.assigned(path.read_text())
    assert values["SCRIBE_AUTH__SECRET"] == "s" * 40
    assert values["SCRIBE_S3__REGION"] == "here"
    assert len(path.read_text().splitlines()) == len(EXAMPLE.read_text().splitlines())


def test_what_the_file_says_already_stays_and_what_it_lacks_is_appended(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("SCRIBE_AUTH__SECRET=mine\n# SCRIBE_REDIS__URL=off")
    written = env_file.ensure(path, EXAMPLE, {"SCRIBE_AUTH__SECRET": "new", "SCRIBE_REDIS__URL": "redis://x"})
    assert written == ["SCRIBE_REDIS__URL"]
    assert (
        path.read_text() == "SCRIBE_AUTH__SECRET=mine\n# SCRIBE_REDIS__URL=off\nSCRIBE_REDIS__URL=redis://x\n"
    )


def test_a_second_time_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    env_file.ensure(path, EXAMPLE, {"SCRIBE_AUTH__SECRET": "a"})
    before = path.stat().st_mtime_ns
    assert env_file.ensure(path, EXAMPLE, {"SCRIBE_AUTH__SECRET": "b"}) == []
    assert path.stat().st_mtime_ns == before


def test_a_failed_write_leaves_neither_file_nor_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        env_file.ensure(tmp_path / ".env", EXAMPLE, {"SCRIBE_AUTH__SECRET": "a"})
    assert list(tmp_path.iterdir()) == []
