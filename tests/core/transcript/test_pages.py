"""Text, Markdown and JSON say what was said, and nothing in it is read as markup."""

import json
import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scribe.transcript import RenderOptions, Segment, Speaker, Transcript, TranscriptFormat, render
from scribe.transcript.document import loads
from scribe.transcript.wording import tokens_of


def read_markdown(markdown: str) -> list[str]:
    """The paragraphs that a CommonMark reader shows; any other block is an error."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    shown = []
    for token in tokens:
        if token.type == "inline":
            children = token.children or []
            assert {child.type for child in children} <= {
                "text",
                "text_special",
                "strong_open",
                "strong_close",
            }
            shown.append("".join(child.content for child in children))
    return shown


@given(document=st.from_type(Transcript))
def test_markdown_shows_exactly_what_was_said(document: Transcript) -> None:
    shown = read_markdown(render(document, TranscriptFormat.MD, RenderOptions(speakers=False, times=False)))

    said = [token for segment in document.segments for token in tokens_of(segment.text)]
    assert [token for paragraph in shown for token in tokens_of(paragraph)] == said


@given(document=st.from_type(Transcript))
def test_markdown_with_names_and_times_has_no_other_markup(document: Transcript) -> None:
    read_markdown(render(document, TranscriptFormat.MD))


@given(document=st.from_type(Transcript))
def test_text_holds_every_word_in_order(document: Transcript) -> None:
    text = render(document, TranscriptFormat.TXT, RenderOptions(speakers=False, times=False))

    assert tokens_of(text) == [token for segment in document.segments for token in tokens_of(segment.text)]


@given(document=st.from_type(Transcript))
def test_json_is_the_document_itself(document: Transcript) -> None:
    assert loads(render(document, TranscriptFormat.JSON).encode()) == document


def test_text_tells_who_spoke_when(meeting: Transcript) -> None:
    assert render(meeting, TranscriptFormat.TXT) == (
        "[00:00:01] Anna: Good morning, everyone. Shall we start?\n\n"
        "[00:00:05] Speaker 2: Yes, *please* do.\n"
    )


def test_markdown_tells_who_spoke_when(meeting: Transcript) -> None:
    assert render(meeting, TranscriptFormat.MD) == (
        "**Anna** · 00:00:01\n\nGood morning, everyone. Shall we start?\n\n"
        "**Speaker 2** · 00:00:05\n\nYes, \\*please\\* do.\n"
    )


def test_one_voice_is_one_paragraph_until_it_has_lasted_a_minute(
    transcript: Callable[..., Transcript],
) -> None:
    parts = [
        Segment(id=n + 1, start=20 * n, end=20 * n + 15, speaker="S1", text="And so on.") for n in range(5)
    ]
    document = transcript(*parts, speakers=(Speaker(id="S1", label="A"),))

    assert re.findall(r"\[.*?\]", render(document, TranscriptFormat.TXT)) == ["[00:00:00]", "[00:01:00]"]


def test_an_empty_transcript_is_a_valid_file(transcript: Callable[..., Transcript]) -> None:
    assert render(transcript(), TranscriptFormat.TXT) == ""
    assert render(transcript(), TranscriptFormat.MD) == ""
    assert json.loads(render(transcript(), TranscriptFormat.JSON))["segments"] == []


def test_every_format_has_a_media_type() -> None:
    assert all("/" in kind.media_type for kind in TranscriptFormat)
