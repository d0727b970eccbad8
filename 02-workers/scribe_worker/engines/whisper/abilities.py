"""What a Whisper model can do, read from the small files beside its weights."""

import json
from pathlib import Path
from typing import TypeVar

_EMPTY_TOKEN = ""
"""Only the vocabulary of multilingual models has it: CTranslate2 tells them apart by it, too."""

_LARGE_MELS = 128
_FULL_DECODER = 32
"""Layers that a large-v3 decodes with; turbo and distilled ones have fewer and never learnt to translate."""

_TURBO = ("turbo", "distil")

Value = TypeVar("Value")


def multilingual(folder: Path) -> bool:
    """Whether the model knows more than English; False for a folder that is no model."""
    listed = folder / "vocabulary.json"
    if listed.is_file():
        vocabulary: list[str] = json.loads(listed.read_text(encoding="utf-8"))
        return _EMPTY_TOKEN in vocabulary
    plain = folder / "vocabulary.txt"
    return plain.is_file() and _EMPTY_TOKEN in plain.read_text(encoding="utf-8").split("\n")[:-1]


def translates(name: str, folder: Path) -> bool:
    """Whether the model can write English whatever is spoken."""
    if not multilingual(folder) or any(hint in name.lower() for hint in _TURBO):
        return False
    return not _is_large(folder) or _last_aligned_layer(folder) >= _FULL_DECODER // 2


def _is_large(folder: Path) -> bool:
    return bool(_setting(folder / "preprocessor_config.json", "feature_size", 0) == _LARGE_MELS)


def _last_aligned_layer(folder: Path) -> int:
    """The last decoder layer that times are read from: it tells how deep the decoder is."""
    heads: list[tuple[int, int]] = _setting(folder / "config.json", "alignment_heads", [])
    return max((int(layer) for layer, _ in heads), default=_FULL_DECODER)


def _setting(path: Path, key: str, default: Value) -> Value:
    if not path.is_file():
        return default
    value: Value = json.loads(path.read_text(encoding="utf-8")).get(key, default)
    return value
