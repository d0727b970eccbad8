"""When `up` has nothing to do, and what it does otherwise."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from scribe.settings import Settings, StackSettings
from stack.cli import product


class FakeStack:
    """Notes which services are brought up."""

    def __init__(self, *, healthy: bool, current: bool) -> None:
        self._healthy = healthy
        self._current = current
        self.ups: list[str] = []

    def healthy(self) -> bool:
        return self._healthy

    def is_current(self) -> bool:
        return self._current

    def up(self, _: object, services: Iterable[str]) -> None:
        self.ups += services


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    async def prepare(_: Settings) -> None:
        return

    monkeypatch.setattr(product, "prepare", prepare)
    monkeypatch.setattr(product, "first_administrator", lambda: None)
    return Settings(_env_file=None, env="development", stack=StackSettings(volumes=tmp_path))


def started(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, *, healthy: bool, current: bool
) -> list[str]:
    stack = FakeStack(healthy=healthy, current=current)
    monkeypatch.setattr(product, "embedded", lambda _: stack)
    product.start(settings)
    return stack.ups


ALL = ["postgres", "redis", "s3", "api", "gpu", "scheduler"]


def test_what_runs_as_the_settings_say_is_left_alone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started(settings, monkeypatch, healthy=True, current=True) == ALL  # nothing was prepared yet
    assert started(settings, monkeypatch, healthy=True, current=True) == []


@pytest.mark.parametrize(("healthy", "current"), [(True, False), (False, True)])
def test_what_is_ill_or_runs_with_old_settings_or_code_is_brought_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, *, healthy: bool, current: bool
) -> None:
    started(settings, monkeypatch, healthy=True, current=True)
    assert started(settings, monkeypatch, healthy=healthy, current=current) == ALL
