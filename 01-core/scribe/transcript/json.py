"""JSON: the Transcript document itself, indented for people."""

from scribe.transcript.document import Transcript
from scribe.transcript.options import RenderOptions


def render_json(document: Transcript, options: RenderOptions) -> str:  # noqa: ARG001 - nothing is left out
    """The whole document; the options do not apply."""
    return document.model_dump_json(indent=2) + "\n"
