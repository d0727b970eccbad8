"""Models for the dummy engines, which pretend to need time and memory."""

import json
from pathlib import Path

from scribe.models import InstalledModel
from scribe_worker.engines.base import Kind, Machine, Wish
from scribe_worker.engines.choice import Choice
from scribe_worker.engines.dummy import DummyDiariser, DummyTranscriber


def pretended(folder: Path, kind: Kind, name: str = "pretended", /, **recipe: int) -> Choice:
    """The dummy of that kind with a model that behaves as the recipe says."""
    path = folder / name
    path.mkdir(parents=True, exist_ok=True)
    (path / "dummy.json").write_text(json.dumps(recipe))
    engine = DummyTranscriber if kind == "transcriber" else DummyDiariser
    model = InstalledModel(name=name, family="dummy", path=path)
    return Choice(kind, "dummy", engine.plan(model, Wish(), Machine()))
