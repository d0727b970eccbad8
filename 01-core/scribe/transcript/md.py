"""Markdown: the text as it was said, with nothing in it read as markup."""

import re

from scribe.transcript.document import Transcript
from scribe.transcript.options import RenderOptions
from scribe.transcript.paragraphs import Paragraph, paragraphs

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!$^=])")
_BLOCK_START = re.compile(r"^([-+]|\d+(?=[.)]))")


def render_md(document: Transcript, options: RenderOptions) -> str:
    """A line ``**Name** · 00:01:02`` before each paragraph, as far as names and times are wanted."""
    return "\n".join(
        f"{_heading(paragraph, options)}{escape(paragraph.text)}\n"
        for paragraph in paragraphs(document, options)
    )


def escape(text: str) -> str:
    """One line of text, written so that CommonMark shows exactly its characters."""
    escaped = _MARKUP.sub(r"\\\1", text)
    return _BLOCK_START.sub(_escape_block_start, escaped)


def _escape_block_start(match: re.Match[str]) -> str:
    start = match.group(1)
    return f"\\{start}" if not start.isdigit() else start + "\\"


def _heading(paragraph: Paragraph, options: RenderOptions) -> str:
    parts = [f"**{escape(paragraph.speaker)}**"] if paragraph.speaker else []
    if options.times:
        parts.append(paragraph.clock)
    return f"{' · '.join(parts)}\n\n" if parts else ""
