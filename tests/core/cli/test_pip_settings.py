"""uv looks where pip was told to look."""

from pathlib import Path

import pytest

from stack.bootstrap.pip_settings import as_uv_environment, parse


def index(folder: Path) -> str:
    (folder / "numpy").mkdir(parents=True)
    (folder / "numpy" / "index.html").write_text("<a href='numpy.whl'>numpy.whl</a>")
    return folder.as_uri()


def test_the_environment_wins_over_install_and_install_over_global() -> None:
    listing = (
        "global.timeout='1'\ninstall.timeout='2'\n:env:.timeout='3'\nglobal.cert='/a'\ninstall.cert='/b'\n"
    )
    assert parse(listing) == {"timeout": "3", "cert": "/b"}


def test_options_of_other_commands_and_broken_lines_are_left_out() -> None:
    assert parse("freeze.timeout='1'\nnonsense\nglobal.cert=\nglobal.debug=print()\n") == {}


def test_indexes_hosts_and_times_are_translated(tmp_path: Path) -> None:
    extra = index(tmp_path / "extra")
    pip = {
        "index-url": "https://mirror.test/simple",
        "extra-index-url": f"\n{extra}\nhttps://other.test/simple",
        "find-links": str(tmp_path),
        "trusted-host": "mirror.test other.test",
        "cert": "/etc/ca.pem",
        "default-timeout": "180",
    }
    assert as_uv_environment(pip, {}) == {
        "UV_DEFAULT_INDEX": "https://mirror.test/simple",
        "UV_INDEX": f"{extra} https://other.test/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": str(tmp_path),
        "UV_INSECURE_HOST": "mirror.test other.test",
        "SSL_CERT_FILE": "/etc/ca.pem",
        "UV_HTTP_TIMEOUT": "180",
    }


def test_local_folders_that_are_missing_or_no_index_are_ignored(tmp_path: Path) -> None:
    pip = {"extra-index-url": f"{tmp_path.as_uri()} file:///nowhere/at/all", "find-links": "/nowhere/at/all"}
    assert as_uv_environment(pip, {}) == {}


def test_what_the_person_set_for_uv_stays() -> None:
    pip = {"index-url": "https://mirror.test/simple", "timeout": "9"}
    assert as_uv_environment(pip, {"UV_DEFAULT_INDEX": "https://mine.test"}) == {"UV_HTTP_TIMEOUT": "9"}


@pytest.mark.parametrize(("value", "expected"), [("true", {"UV_NO_INDEX": "1"}), ("false", {})])
def test_no_index_is_a_switch(value: str, expected: dict[str, str]) -> None:
    assert as_uv_environment({"no-index": value}, {}) == expected
