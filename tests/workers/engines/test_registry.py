import importlib.util
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from importlib.metadata import entry_points

import pytest

from scribe.models import ModelStore
from scribe.models.local import add
from scribe.settings import REPOSITORY, EngineSettings
from scribe_worker.engines.base import Engine, Machine
from scribe_worker.engines.card import worker_card
from scribe_worker.engines.errors import EngineUnavailable, ModelNotInstalled
from scribe_worker.engines.registry import Registry

WHISPER = REPOSITORY / "tests/fixtures/models/whisper-tiny"


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
    with pytest.raises(EngineUnavailable, match="there are channels, dummy, ge2e, none, pyannote"):
        registry.resolve("diariser", "nobody")


def test_the_catalogue_lists_the_best_first(registry: Registry) -> None:
    entries = registry.catalogue()

    assert [(entry.kind, entry.name) for entry in entries] == [
        ("transcriber", "faster-whisper"),
        ("transcriber", "pocketsphinx"),
        ("transcriber", "dummy"),
        ("diariser", "pyannote"),
        ("diariser", "ge2e"),
        ("diariser", "none"),
        ("diariser", "channels"),
        ("diariser", "dummy"),
    ]
    without_a_model = {entry.name for entry in entries if entry.unavailable}
    assert without_a_model == {"faster-whisper", "pyannote"}


@dataclass
class Package:
    """A third-party engine that cannot even be imported, as an entry point shows it."""

    error: Exception
    name: str = "broken"

    def load(self) -> type[Engine]:
        raise self.error


@pytest.mark.parametrize(
    "error", [OSError("libfancy.so: cannot open"), RuntimeError("no"), SyntaxError("no")]
)
def test_an_engine_that_breaks_when_it_is_imported_hides_no_other(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    points = list(entry_points(group="scribe.transcribers"))
    monkeypatch.setattr(
        "scribe_worker.engines.registry.entry_points",
        lambda group: [*points, Package(error)] if group == "scribe.transcribers" else [],
    )

    entries = {entry.name: entry for entry in registry.catalogue()}

    assert type(error).__name__ in (entries["broken"].unavailable or "")
    assert entries["pocketsphinx"].unavailable is None
    assert registry.resolve("transcriber").name == "pocketsphinx"


@pytest.fixture
def with_whispers(models: ModelStore) -> ModelStore:
    """Two Whisper models, the second of which is one's own."""
    for name in ("aaa", "tiny"):
        add(models, WHISPER, name)
    return models


def chosen(models: ModelStore, name: str | None = None, model: str | None = None, **settings: str) -> str:
    registry = Registry(models, EngineSettings.model_validate(settings), Machine())
    choice = registry.resolve("transcriber", name, model)
    return f"{choice.name} {choice.plan.model}"


def test_an_installed_model_brings_its_engine_to_the_front(with_whispers: ModelStore) -> None:
    assert chosen(with_whispers) == "faster-whisper tiny"


@pytest.mark.parametrize(
    ("name", "model", "settings", "expected"),
    [
        (None, "aaa", {}, "faster-whisper aaa"),
        ("faster-whisper", None, {}, "faster-whisper tiny"),
        ("faster-whisper", "aaa", {}, "faster-whisper aaa"),
        (None, None, {"transcriber_model": "aaa"}, "faster-whisper aaa"),
        ("faster-whisper", None, {"transcriber_model": "aaa"}, "faster-whisper aaa"),
        ("pocketsphinx", None, {"transcriber_model": "aaa"}, "pocketsphinx none"),
        (None, None, {"transcriber": "pocketsphinx"}, "pocketsphinx none"),
        (
            None,
            None,
            {"transcriber_model": str(WHISPER)},
            "faster-whisper whisper-tiny",
        ),
    ],
)
def test_a_request_comes_before_the_settings_and_those_before_what_is_preferred(
    with_whispers: ModelStore, name: str | None, model: str | None, settings: dict[str, str], expected: str
) -> None:
    assert chosen(with_whispers, name, model, **settings) == expected


@pytest.mark.parametrize(
    ("name", "model", "settings"),
    [
        (None, "large-v3", {}),
        ("faster-whisper", "large-v3", {}),
        ("pocketsphinx", "aaa", {}),
        (None, None, {"transcriber_model": "large-v3"}),
        ("faster-whisper", None, {"transcriber": "faster-whisper", "transcriber_model": "large-v3"}),
    ],
)
def test_a_model_that_is_not_there_is_told_and_never_replaced_in_silence(
    with_whispers: ModelStore, name: str | None, model: str | None, settings: dict[str, str]
) -> None:
    with pytest.raises(ModelNotInstalled):
        chosen(with_whispers, name, model, **settings)


def test_the_card_says_which_model_is_taken_when_nobody_names_one(with_whispers: ModelStore) -> None:
    registry = Registry(with_whispers, EngineSettings(transcriber_model="aaa"), Machine())

    (card,) = [engine for engine in worker_card(registry).engines if engine.name == "faster-whisper"]

    assert card.default
    assert [(model.name, model.default) for model in card.models] == [("aaa", True), ("tiny", False)]


def test_the_card_shows_a_model_that_is_not_whole_with_the_reason(with_whispers: ModelStore) -> None:
    (with_whispers.folder / "local" / "aaa" / "model.bin").unlink()
    registry = Registry(with_whispers, EngineSettings(), Machine())

    (card,) = [engine for engine in worker_card(registry).engines if engine.name == "faster-whisper"]

    assert [(model.name, model.ready) for model in card.models] == [("tiny", True), ("aaa", False)]
    assert "model.bin" in (card.models[1].reason or "")
