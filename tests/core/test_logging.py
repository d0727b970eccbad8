import json
import logging

import pytest
import structlog

from scribe.logging import bind_correlation_id, configure_logging
from scribe.settings import LogSettings


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_a_traceback_tells_where_and_never_what(capsys: pytest.CaptureFixture[str], log_format: str) -> None:
    configure_logging(LogSettings.model_validate({"format": log_format}), service="test")
    password = "correct horse"
    try:
        raise ValueError(len(password))
    except ValueError:
        structlog.get_logger("test").exception("failed")
    logged = capsys.readouterr().err
    assert "ValueError" in logged
    assert "correct horse" not in logged


def test_every_line_carries_the_correlation_id(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LogSettings(format="json"), service="test")
    bind_correlation_id("abc")
    logging.getLogger("library").warning("plain")
    structlog.get_logger("test").info("structured", meeting_id="m")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["correlation_id"] for line in lines] == ["abc", "abc"]
    assert lines[1]["event"] == "structured"
