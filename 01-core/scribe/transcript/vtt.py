"""WebVTT subtitles, which browsers read (https://www.w3.org/TR/webvtt1/)."""

from html import escape

from scribe.transcript.document import Transcript
from scribe.transcript.options import RenderOptions
from scribe.transcript.subtitles import Cue, build_cues, timestamp


def render_vtt(document: Transcript, options: RenderOptions) -> str:
    """Cues with the speaker in a voice tag."""
    cues = build_cues(document, options)
    return "\n".join(
        [
            "WEBVTT\n",
            *(f"{timestamp(cue.start, '.')} --> {timestamp(cue.end, '.')}\n{_text(cue)}\n" for cue in cues),
        ]
    )


def _text(cue: Cue) -> str:
    voice = f"<v {escape(cue.speaker, quote=False)}>" if cue.speaker else ""
    return voice + escape("\n".join(cue.lines), quote=False)
