"""Following a log through growth, rotation and half-written lines."""

from pathlib import Path

from stack.cli.logs import Tail


def test_lines_come_once_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "api.log"
    tail = Tail(path)
    assert list(tail.new_lines()) == []
    path.write_text("one\ntw")
    assert list(tail.new_lines()) == ["one"]
    with path.open("a") as log:
        log.write("o\nthree\n")
    assert list(tail.new_lines()) == ["two", "three"]
    assert list(tail.new_lines()) == []


def test_a_rotated_log_is_read_from_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "api.log"
    path.write_text("a long first line\n")
    tail = Tail(path)
    assert list(tail.new_lines()) == ["a long first line"]
    path.rename(tmp_path / "api.log.1")
    path.write_text("new\n")
    assert list(tail.new_lines()) == ["new"]


def test_a_log_that_was_emptied_is_read_on(tmp_path: Path) -> None:
    path = tmp_path / "api.log"
    path.write_text("before\n")
    tail = Tail(path)
    assert list(tail.new_lines()) == ["before"]
    path.write_text("x\n")
    assert list(tail.new_lines()) == ["x"]
