"""A transcript in the format that a reader asked for."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from scribe.transcript.document import Transcript
from scribe.transcript.json import render_json
from scribe.transcript.md import render_md
from scribe.transcript.options import RenderOptions
from scribe.transcript.srt import render_srt
from scribe.transcript.txt import render_txt
from scribe.transcript.vtt import render_vtt


class TranscriptFormat(StrEnum):
    """A format by its file extension."""

    TXT = "txt"
    MD = "md"
    JSON = "json"
    SRT = "srt"
    VTT = "vtt"

    @property
    def media_type(self) -> str:
        """The content type to serve it with; the text is UTF-8."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES: Mapping[TranscriptFormat, str] = {
    TranscriptFormat.TXT: "text/plain; charset=utf-8",
    TranscriptFormat.MD: "text/markdown; charset=utf-8",
    TranscriptFormat.JSON: "application/json",
    TranscriptFormat.SRT: "application/x-subrip; charset=utf-8",
    TranscriptFormat.VTT: "text/vtt; charset=utf-8",
}

_RENDERERS: Mapping[TranscriptFormat, Callable[[Transcript, RenderOptions], str]] = {
    TranscriptFormat.TXT: render_txt,
    TranscriptFormat.MD: render_md,
    TranscriptFormat.JSON: render_json,
    TranscriptFormat.SRT: render_srt,
    TranscriptFormat.VTT: render_vtt,
}

_DEFAULTS = RenderOptions()


def render(
    document: Transcript,
    format: TranscriptFormat,  # noqa: A002 - the word that readers and the API use
    options: RenderOptions = _DEFAULTS,
) -> str:
    """The transcript as text, to be stored or sent as UTF-8; one without segments renders to a valid file."""
    return _RENDERERS[format](document, options)
