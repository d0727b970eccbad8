"""Groups segments into paragraphs for formats that are read like a page."""

from collections.abc import Iterator
from dataclasses import dataclass

from scribe.transcript.document import Segment, Transcript
from scribe.transcript.options import RenderOptions
from scribe.transcript.wording import names_of, one_line

_LONGEST_S = 60.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What one speaker says without another in between, a minute at most; ``start`` in seconds."""

    start: float
    speaker: str
    text: str

    @property
    def clock(self) -> str:
        """The start as ``hh:mm:ss``."""
        minutes, seconds = divmod(int(self.start), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours:02}:{minutes:02}:{seconds:02}"


def paragraphs(document: Transcript, options: RenderOptions) -> Iterator[Paragraph]:
    """The paragraphs of a transcript; ``speaker`` is empty where nobody is known or names are not wanted."""
    names = names_of(document)
    for run in _runs(document):
        text = " ".join(filter(None, map(_readable, run)))
        if text:
            yield Paragraph(run[0].start, names[run[0].speaker] if options.speakers else "", text)


def _readable(segment: Segment) -> str:
    """The text, or a mark where something was said that could not be written down."""
    return one_line(segment.text) or ("[…]" if segment.flags else "")


def _runs(document: Transcript) -> Iterator[list[Segment]]:
    run: list[Segment] = []
    for segment in document.segments:
        if run and (segment.speaker != run[0].speaker or segment.end - run[0].start > _LONGEST_S):
            yield run
            run = []
        run.append(segment)
    if run:
        yield run
