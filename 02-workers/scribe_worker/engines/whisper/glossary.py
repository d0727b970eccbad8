"""Names and terms that the model is told beforehand, within what its context has room for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scribe.transcript.document import Notice

MOST_TOKENS = 110
"""Each for hotwords and prompt: Whisper gives half of its 448 tokens to what came before."""

SHORTENED = Notice(
    code="VOCABULARY_SHORTENED",
    message="The vocabulary is longer than the model can take in: its last terms were left out.",
)


@dataclass(frozen=True)
class Glossary:
    """hotwords: said to the model before every block; prompt: the same, as text that came before it."""

    hotwords: str | None = None
    prompt: str | None = None
    warnings: tuple[Notice, ...] = ()


def glossary(terms: Sequence[str], tokens: Callable[[str], int]) -> Glossary:
    """As many of the terms as there is room for, the first ones first.

    tokens: how many tokens the model makes of a text
    """
    kept: list[str] = []
    for term in dict.fromkeys(filter(None, (" ".join(term.split()) for term in terms))):
        if tokens(_sentence([*kept, term])) > MOST_TOKENS:
            return _of(kept, (SHORTENED,))
        kept.append(term)
    return _of(kept, ())


def _of(kept: list[str], warnings: tuple[Notice, ...]) -> Glossary:
    if not kept:
        return Glossary(warnings=warnings)
    return Glossary(hotwords=", ".join(kept), prompt=_sentence(kept), warnings=warnings)


def _sentence(terms: list[str]) -> str:
    """The model goes on in the style of its prompt, so that ends like a sentence."""
    return f"{', '.join(terms)}."
