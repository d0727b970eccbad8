"""SubRip subtitles, which every player reads."""

from scribe.transcript.document import Transcript
from scribe.transcript.options import RenderOptions
from scribe.transcript.subtitles import build_cues, timestamp


def render_srt(document: Transcript, options: RenderOptions) -> str:
    """Cues numbered from 1; SubRip has no place for a speaker, so the text begins with the name."""
    return "\n".join(
        f"{number}\n{timestamp(cue.start, ',')} --> {timestamp(cue.end, ',')}\n{_text(cue.lines)}\n"
        for number, cue in enumerate(build_cues(document, options, names_in_text=True), start=1)
    )


def _text(lines: tuple[str, ...]) -> str:
    """SubRip knows no escapes, so an arrow that a parser could take for a time line becomes another one."""
    return "\n".join(lines).replace("-->", "→")
