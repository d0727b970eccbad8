"""Plain text: one paragraph a speaker's turn."""

from scribe.transcript.document import Transcript
from scribe.transcript.options import RenderOptions
from scribe.transcript.paragraphs import Paragraph, paragraphs


def render_txt(document: Transcript, options: RenderOptions) -> str:
    """``[00:01:02] Name: text``, with an empty line between paragraphs."""
    return "\n".join(
        f"{_opening(paragraph, options)}{paragraph.text}\n" for paragraph in paragraphs(document, options)
    )


def _opening(paragraph: Paragraph, options: RenderOptions) -> str:
    time = f"[{paragraph.clock}] " if options.times else ""
    return f"{time}{paragraph.speaker}: " if paragraph.speaker else time
