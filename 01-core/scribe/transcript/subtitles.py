"""Turns a transcript into subtitle cues that can be read in the time they are shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scribe.transcript.document import Transcript
from scribe.transcript.lines import break_lines
from scribe.transcript.options import RenderOptions
from scribe.transcript.splitting import split_into_cues
from scribe.transcript.timing import Token, milliseconds, timed_tokens
from scribe.transcript.wording import names_of


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: start and end in whole milliseconds, the speaker's name or "", and its lines."""

    start: int
    end: int
    speaker: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Spoken:
    speaker: str
    tokens: Sequence[Token]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return max(token.end for token in self.tokens)


def build_cues(document: Transcript, options: RenderOptions, *, names_in_text: bool = False) -> list[Cue]:
    """Cues in the order of their start, one speaker each.

    Two cues are never closer than ``min_gap_s``, and each lasts from ``min_cue_s`` to ``max_cue_s``: where
    people talk at once, or faster than anyone reads, a cue comes late rather than too short. A cue stays on
    screen for ``reading_speed`` where the next one leaves it the time. No line is longer than
    ``line_length`` and no cue has more than ``max_lines``, unless one token alone, or with the name before
    it, is longer than that.

    names_in_text: begin the text with the speaker's name, for formats that have no other place for it;
        a name longer than half a line is cut short
    """
    spoken = sorted(_spoken(document, options, names_in_text=names_in_text), key=lambda cue: cue.start)
    return [
        Cue(start, end, said.speaker, break_lines([token.text for token in said.tokens], options.line_length))
        for said, (start, end) in zip(spoken, _schedule(spoken, document.duration, options), strict=True)
    ]


def timestamp(time: int, mark: str) -> str:
    """Milliseconds as ``hh:mm:ss`` and three digits after the decimal mark of the format."""
    seconds, fraction = divmod(time, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{mark}{fraction:03}"


def _spoken(document: Transcript, options: RenderOptions, *, names_in_text: bool) -> Iterator[_Spoken]:
    names = names_of(document)
    for segment in document.segments:
        name = names[segment.speaker] if options.speakers else ""
        prefix = _shortened(name, options.line_length // 2) + ":" if names_in_text and name else ""
        for tokens in split_into_cues(timed_tokens(segment), options, prefix_length=len(prefix)):
            opening = [Token(prefix, tokens[0].start, tokens[0].start)] if prefix else []
            yield _Spoken(name, [*opening, *tokens])


def _schedule(
    spoken: Sequence[_Spoken], duration: float, options: RenderOptions
) -> Iterator[tuple[int, int]]:
    gap, shortest, longest = map(milliseconds, (options.min_gap_s, options.min_cue_s, options.max_cue_s))
    free_from = 0
    following = [after.start - gap for _, after in pairwise(spoken)]
    for said, until in zip(spoken, [*following, milliseconds(duration)], strict=False):
        start = max(said.start, free_from)
        characters = sum(len(token.text) + 1 for token in said.tokens) - 1
        readable = start + milliseconds(characters / options.reading_speed)
        wanted = min(max(said.end, readable), start + longest)
        end = max(min(wanted, until), start + shortest)
        yield start, end
        free_from = end + gap


def _shortened(name: str, length: int) -> str:
    return name if len(name) <= length else name[: length - 1].rstrip() + "…"
