"""The code that the first administrator is made with."""

import pytest

from scribe.first_run import first_run_code, is_first_run_code
from scribe.settings import AuthSettings

OURS = AuthSettings(secret="0123456789" * 4)
THEIRS = AuthSettings(secret="9876543210" * 4)


def test_the_code_is_long_can_be_typed_and_stays_the_same() -> None:
    code = first_run_code(OURS)
    assert [len(group) for group in code.split("-")] == [4] * 6
    assert code.isascii()
    assert code == code.lower() == first_run_code(OURS)


def test_another_instance_has_another_code() -> None:
    assert first_run_code(OURS) != first_run_code(THEIRS)
    assert not is_first_run_code(OURS, first_run_code(THEIRS))


@pytest.mark.parametrize("spoil", [str, str.upper, lambda code: f" {code.replace('-', ' ')}\n"])
def test_capitals_hyphens_and_blanks_do_not_count(spoil: type[str]) -> None:
    assert is_first_run_code(OURS, spoil(first_run_code(OURS)))


@pytest.mark.parametrize("offered", ["", "-", "é", first_run_code(OURS)[:-1], first_run_code(OURS) + "a"])
def test_anything_else_is_not_the_code(offered: str) -> None:
    assert not is_first_run_code(OURS, offered)
