"""The columns of an evaluation, for the terminal and for Markdown alike."""

from collections.abc import Mapping, Sequence

from scribe.evaluation.der import SpeakerErrors
from scribe.evaluation.figures import Accuracy, Cost
from scribe.evaluation.wer import WordErrors
from stack.evaluating.results import Measured, Pooled

NONE = "–"  # noqa: RUF001 - a dash for what there is no figure for
FIGURES = (
    "WER",
    "WER (basic)",
    "cpWER",
    "tcpWER",
    "DER",
    "DER, no overlap",
    "speakers",
    "real time",
    "swaps",
    "MiB",
    "VRAM MiB",
)
POOLED = ("engines", "recordings", "failures", *FIGURES)
MEASURED = ("engines", *FIGURES, "")


def pooled_rows(pooled: Sequence[Pooled]) -> list[tuple[str, ...]]:
    """One row a pair of engines, under ``POOLED``; in brackets how many recordings a rate comes from."""
    return [
        (
            part.pair,
            str(part.recordings),
            str(part.failures),
            *_rates(part.accuracy, {name: f" ({count})" for name, count in part.behind.items()}),
            f"{part.counted_right} of {part.counted} right",
            *_costs(part.cost),
        )
        for part in pooled
    ]


def measured_row(part: Measured) -> tuple[str, ...]:
    """One recording with one pair, under ``MEASURED``."""
    if part.failure is not None:
        return part.pair, *(NONE for _ in FIGURES), f"failed: {part.failure}"
    expected = NONE if part.expected is None else str(part.expected)
    beyond = "beyond its limit: " + "; ".join(part.beyond) if part.beyond else ""
    return part.pair, *_rates(part.accuracy, {}), f"{part.found} of {expected}", *_costs(part.cost), beyond


def aligned(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as lines of text, however wide: a terminal's width must not cut figures."""
    lines = [columns, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    cells = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join("  ".join(line).rstrip() for line in cells)


def _rates(accuracy: Accuracy, notes: Mapping[str, str]) -> tuple[str, ...]:
    """The rates, each with the note to it."""
    names = ("wer", "wer_basic", "cpwer", "tcpwer", "der", "der_alone")
    return tuple(_rate(getattr(accuracy, name)) + notes.get(name, "") for name in names)


def _costs(cost: Cost) -> tuple[str, ...]:
    factor = cost.real_time_factor
    return (
        NONE if factor is None else f"{factor:.2f}x",
        str(cost.loads),
        _mib(cost.memory_mib),
        _mib(cost.vram_mib),
    )


def _rate(errors: WordErrors | SpeakerErrors | None) -> str:
    return NONE if errors is None else f"{errors.rate * 100:.1f} %"


def _mib(value: float | None) -> str:
    return NONE if value is None else f"{value:.0f}"
