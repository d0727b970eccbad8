"""The Transcript document: its shape, and the formats it can be read in."""

from scribe.transcript.document import Notice, Segment, Speaker, Transcript, Word, dumps, json_schema, loads
from scribe.transcript.options import RenderOptions
from scribe.transcript.render import TranscriptFormat, render

__all__ = [
    "Notice",
    "RenderOptions",
    "Segment",
    "Speaker",
    "Transcript",
    "TranscriptFormat",
    "Word",
    "dumps",
    "json_schema",
    "loads",
    "render",
]
