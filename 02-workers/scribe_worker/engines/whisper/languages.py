"""Which language is spoken: once for a whole recording, or for every stretch of speech."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from scribe_worker.engines.errors import EngineUnavailable
from scribe_worker.engines.speech import Region
from scribe_worker.engines.whisper.options import NAME

Heard = Mapping[str, float]
"""How probable each language is, by code; adds up to 1."""

_SHORTEST_S = 1.0
"""Less speech than this does not tell its language: "okay" is said in most of them."""


def check(known: Sequence[str], asked: Iterable[str]) -> None:
    """EngineUnavailable, which is permanent, unless the model knows every language that is asked for."""
    unknown = sorted(set(asked) - set(known))
    if unknown:
        raise EngineUnavailable(
            engine=NAME,
            reason=f"The model does not know {', '.join(unknown)}; it knows {', '.join(sorted(known))}.",
        )


def most_probable(heard: Iterable[Heard]) -> str:
    """The language with the greatest probability over all samples of the recording together."""
    total: defaultdict[str, float] = defaultdict(float)
    for probabilities in heard:
        for language, probability in probabilities.items():
            total[language] += probability
    return max(sorted(total), key=lambda language: total[language])


def among(
    allowed: Sequence[str], speech: Sequence[Region], heard: Sequence[Heard], confidence: float
) -> list[str]:
    """For each stretch of speech, one of the allowed languages.

    A stretch that is too short, or whose language is less probable than ``confidence`` among those that
    are allowed, takes the language of the nearest stretch that is sure of its own; where none is, all take
    the one that is most probable over all.
    """
    restricted = [_restricted(allowed, probabilities) for probabilities in heard]
    sure: dict[int, str] = {}
    for number, (region, probabilities) in enumerate(zip(speech, restricted, strict=True)):
        best = max(allowed, key=lambda language: probabilities[language])
        if region.duration >= _SHORTEST_S and probabilities[best] >= confidence:
            sure[number] = best
    if not sure:
        return [most_probable(restricted)] * len(speech)
    return [
        sure[min(sure, key=lambda other: _apart(speech[number], speech[other]))]
        for number in range(len(speech))
    ]


def most_spoken(stretches: Iterable[tuple[str, float]]) -> str:
    """The language with the most seconds."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for language, duration in stretches:
        seconds[language] += duration
    return max(seconds, key=lambda language: seconds[language])


def _restricted(allowed: Sequence[str], heard: Heard) -> dict[str, float]:
    weights = {language: heard.get(language, 0.0) for language in allowed}
    total = sum(weights.values())
    return {language: weight / total if total else 1 / len(allowed) for language, weight in weights.items()}


def _apart(one: Region, other: Region) -> float:
    """Seconds between two stretches; a stretch is nearer to itself than to one that touches it."""
    return max(0.0, one.start - other.end, other.start - one.end) if one != other else -1.0
