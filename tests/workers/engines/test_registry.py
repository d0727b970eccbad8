import importlib.util
from importlib.machinery import ModuleSpec

import pytest

from scribe_worker.engines.errors import EngineUnavailable
from scribe_worker.engines.registry import Registry


def without(monkeypatch: pytest.MonkeyPatch, *missing: str) -> None:
    """Make packages look as if they were not installed."""
    real = importlib.util.find_spec

    def find_spec(name: str) -> ModuleSpec | None:
        return None if name in missing else real(name)

    for module in ("speech", "pocketsphinx", "ge2e"):
        monkeypatch.setattr(f"scribe_worker.engines.{module}.find_spec", find_spec)


def test_auto_takes_the_best_that_can_run_and_says_that_it_is_basic(registry: Registry) -> None:
    transcriber, diariser = registry.resolve("transcriber", "auto"), registry.resolve("diariser", "auto")

    assert (transcriber.name, [notice.code for notice in transcriber.warnings]) == (
        "pocketsphinx",
        ["ENGINE_FALLBACK"],
    )
    assert (diariser.name, [notice.code for notice in diariser.warnings]) == ("ge2e", ["ENGINE_BASIC"])


def test_auto_falls_back_to_one_speaker_and_says_so(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, "torch")

    resolved = registry.resolve("diariser", "auto")

    assert resolved.name == "none"
    assert [notice.code for notice in resolved.warnings] == ["ENGINE_FALLBACK"]


def test_auto_never_takes_a_dummy(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "pocketsphinx")

    with pytest.raises(EngineUnavailable, match="pocketsphinx is not installed"):
        registry.resolve("transcriber", "auto")


def test_an_engine_asked_for_by_name_is_taken_without_comment(registry: Registry) -> None:
    assert registry.resolve("transcriber", "pocketsphinx").warnings == ()


def test_an_engine_that_cannot_run_is_refused_with_the_reason(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, "faster_whisper")

    with pytest.raises(EngineUnavailable, match="faster-whisper") as caught:
        registry.resolve("diariser", "ge2e")

    assert caught.value.permanent


def test_an_unknown_engine_is_refused_with_the_known_ones(registry: Registry) -> None:
    with pytest.raises(EngineUnavailable, match="there are dummy, ge2e, none"):
        registry.resolve("diariser", "nobody")


def test_the_catalogue_lists_the_best_first(registry: Registry) -> None:
    entries = registry.catalogue()

    assert [(entry.kind, entry.name) for entry in entries] == [
        ("transcriber", "pocketsphinx"),
        ("transcriber", "dummy"),
        ("diariser", "ge2e"),
        ("diariser", "none"),
        ("diariser", "dummy"),
    ]
    assert [entry.unavailable for entry in entries] == [None] * 5
