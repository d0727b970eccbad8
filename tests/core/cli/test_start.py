"""When `up` has nothing to do, and what it does otherwise."""

from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

import pytest

from scribe.settings import Settings, StackSettings, WebSettings
from stack.account import Account, new_password
from stack.cli import first_run, product, servers
from stack.embedded.errors import PortTaken
from stack.web import build, places
from stack.web.errors import PackagesNotInstalled, WebProblem


class FakeStack:
    """Notes which services are brought up."""

    def __init__(self, *, healthy: bool, current: bool) -> None:
        self.all_well = healthy
        self._current = current
        self.ups: list[str] = []
        self.refused = ""

    def healthy(self, services: Iterable[str]) -> bool:
        return self.all_well and self.refused not in services

    def is_current(self) -> bool:
        return self._current

    def up(self, _: object, services: Iterable[str]) -> None:
        if self.refused in services:
            raise PortTaken(service=self.refused, port=3000, owner="somebody", advice="do something")
        self.ups += services


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    async def prepare(_: Settings) -> None:
        return

    monkeypatch.setattr(product, "prepare", prepare)
    monkeypatch.setattr(product, "first_administrator", lambda: None)
    return Settings(
        _env_file=None,
        env="development",
        stack=StackSettings(volumes=tmp_path),
        web=WebSettings(enabled=False),
    )


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


class TestWithTheWebApp:
    @pytest.fixture
    def with_web(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"web": WebSettings()})

    @pytest.fixture
    def stack(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeStack:
        stack = FakeStack(healthy=False, current=False)
        monkeypatch.setattr(product, "embedded", lambda _: stack)
        monkeypatch.setattr(build, "ensure_built", lambda *_: None)
        monkeypatch.setattr(places, "SERVED", tmp_path / ".build")
        return stack

    @pytest.fixture
    def failing(self, stack: FakeStack, monkeypatch: pytest.MonkeyPatch) -> FakeStack:
        """What changed cannot be built."""

        def fail(*_: object) -> None:
            raise PackagesNotInstalled(log="web-build.log", tail="no route")

        monkeypatch.setattr(build, "ensure_built", fail)
        return stack

    @pytest.fixture
    def last_build(self, tmp_path: Path) -> None:
        """An earlier build is whole."""
        (tmp_path / ".build").mkdir()
        (tmp_path / ".build" / places.STAMP).write_text("earlier")

    def test_it_is_started_last(self, with_web: Settings, stack: FakeStack) -> None:
        assert product.start(with_web, web=True).web_problem is None
        assert stack.ups == [*ALL, "web"]

    def test_a_build_that_fails_stops_nothing_else(self, with_web: Settings, failing: FakeStack) -> None:
        problem = product.start(with_web, web=True).web_problem

        assert isinstance(problem, WebProblem)
        assert failing.ups == ALL

    @pytest.mark.usefixtures("last_build")
    def test_a_build_that_fails_leaves_the_last_one_to_be_started(
        self, with_web: Settings, failing: FakeStack
    ) -> None:
        assert isinstance(product.start(with_web, web=True).web_problem, PackagesNotInstalled)
        assert failing.ups == [*ALL, "web"]

    @pytest.mark.usefixtures("last_build")
    def test_and_one_that_runs_is_left_alone(self, with_web: Settings, failing: FakeStack) -> None:
        failing.all_well = True
        assert isinstance(product.start(with_web, web=True).web_problem, PackagesNotInstalled)
        assert "web" not in failing.ups

    @pytest.mark.usefixtures("last_build")
    def test_a_last_build_that_does_not_start_does_not_hide_why_it_is_the_last(
        self, with_web: Settings, failing: FakeStack
    ) -> None:
        failing.refused = "web"
        assert isinstance(product.start(with_web, web=True).web_problem, PackagesNotInstalled)

    def test_a_taken_port_stops_nothing_else(self, with_web: Settings, stack: FakeStack) -> None:
        stack.refused = "web"
        assert isinstance(product.start(with_web, web=True).web_problem, PortTaken)
        assert stack.ups == ALL

    def test_no_administrator_is_made(
        self, with_web: Settings, stack: FakeStack, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = Account(email="admin@example.org", password=new_password())
        monkeypatch.setattr(product, "first_administrator", lambda: made)
        assert product.start(with_web, web=True).new_administrator is None
        without = with_web.model_copy(update={"web": WebSettings(enabled=False)})
        assert product.start(without).new_administrator == made
        assert stack.ups == [*ALL, "web", *ALL]

    @pytest.mark.parametrize(
        ("problem", "told"),
        [(None, "/welcome?code="), (PackagesNotInstalled(log="l", tail="t"), "create-user EMAIL --admin")],
    )
    def test_whoever_starts_it_is_told_how_to_make_the_administrator(
        self,
        with_web: Settings,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        problem: WebProblem | None,
        told: str,
    ) -> None:
        monkeypatch.setattr(first_run, "is_needed", lambda _: True)
        outcome = product.Started("http://127.0.0.1:5000", web_problem=problem)
        with nullcontext() if problem is None else pytest.raises(WebProblem):
            servers.show(with_web, outcome)
        shown = capsys.readouterr()
        assert told in shown.out + shown.err

    def test_an_api_that_does_not_answer_needs_no_administrator(self, with_web: Settings) -> None:
        nobody = with_web.model_copy(update={"api": with_web.api.model_copy(update={"port": 1})})
        assert not first_run.is_needed(nobody)
