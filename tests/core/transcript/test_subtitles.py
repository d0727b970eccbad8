"""SRT and WebVTT stay valid and readable whatever was said, by whom and how fast."""

import html
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe.transcript import RenderOptions, Segment, Speaker, Transcript, TranscriptFormat, Word, render
from scribe.transcript.subtitles import build_cues
from scribe.transcript.wording import tokens_of

OPTIONS = st.builds(
    RenderOptions,
    speakers=st.booleans(),
    line_length=st.sampled_from([16, 32, 42]),
    max_lines=st.integers(1, 3),
    min_gap_s=st.sampled_from([0, 0.083, 0.5]),
)
SRT_TIME = r"(\d{2,}):([0-5]\d):([0-5]\d),(\d{3})"
VTT_TIME = SRT_TIME.replace(",(", r"\.(")


@dataclass(frozen=True)
class Parsed:
    start: int
    end: int
    lines: list[str]


def parse(blocks: list[str], time: str) -> list[Parsed]:
    """Blocks of a time line and one or more lines of text; anything else is an error."""
    cues = []
    for block in blocks:
        times, *lines = block.split("\n")
        match = re.fullmatch(f"{time} --> {time}", times, re.ASCII)
        assert match, times
        assert lines
        assert all(line.strip() and "-->" not in line for line in lines)
        h1, m1, s1, f1, h2, m2, s2, f2 = map(int, match.groups())
        cues.append(
            Parsed(((h1 * 60 + m1) * 60 + s1) * 1000 + f1, ((h2 * 60 + m2) * 60 + s2) * 1000 + f2, lines)
        )
    return cues


def parse_srt(text: str) -> list[Parsed]:
    if not text:
        return []
    assert text.endswith("\n")
    blocks = []
    for number, block in enumerate(text.removesuffix("\n").split("\n\n"), start=1):
        first, _, rest = block.partition("\n")
        assert first == str(number)
        blocks.append(rest)
    return parse(blocks, SRT_TIME)


def parse_vtt(text: str) -> list[Parsed]:
    assert text.endswith("\n")
    header, *blocks = text.removesuffix("\n").split("\n\n")
    assert header.rstrip("\n") == "WEBVTT"
    cues = parse(blocks, VTT_TIME)
    for cue in cues:
        cue.lines[0] = re.sub(r"^<v [^<>\n]+>", "", cue.lines[0])
        assert not re.search(r"[<>\0]|&(?!amp;|lt;|gt;)", "\n".join(cue.lines))
    return cues


def written(document: Transcript) -> list[str]:
    return sorted(token for segment in document.segments for token in tokens_of(segment.text))


@given(document=st.from_type(Transcript), options=OPTIONS)
def test_srt_can_be_parsed_and_holds_every_word_once(document: Transcript, options: RenderOptions) -> None:
    options = options.model_copy(update={"speakers": False})

    cues = parse_srt(render(document, TranscriptFormat.SRT, options))

    shown = [token for cue in cues for line in cue.lines for token in line.split(" ")]
    assert sorted(shown) == sorted(token.replace("-->", "→") for token in written(document))


@given(document=st.from_type(Transcript), options=OPTIONS)
def test_webvtt_can_be_parsed_and_holds_every_word_once(document: Transcript, options: RenderOptions) -> None:
    cues = parse_vtt(render(document, TranscriptFormat.VTT, options))

    shown = [token for cue in cues for line in cue.lines for token in html.unescape(line).split(" ")]
    assert sorted(shown) == written(document)


@given(document=st.from_type(Transcript), options=OPTIONS)
def test_srt_with_names_can_be_parsed(document: Transcript, options: RenderOptions) -> None:
    parse_srt(render(document, TranscriptFormat.SRT, options))


@given(document=st.from_type(Transcript))
def test_the_words_of_a_segment_stay_in_order(document: Transcript) -> None:
    for segment in document.segments:
        alone = document.model_copy(update={"segments": (segment,)})
        cues = build_cues(alone, RenderOptions())
        assert " ".join(line for cue in cues for line in cue.lines).split(" ") == (
            tokens_of(segment.text) or [""]
        )


@given(document=st.from_type(Transcript), options=OPTIONS)
def test_cues_keep_their_gap_and_their_shortest_and_longest_time(
    document: Transcript, options: RenderOptions
) -> None:
    cues = build_cues(document, options)

    assert all(833 <= cue.end - cue.start <= 7000 for cue in cues)
    gap = round(options.min_gap_s * 1000)
    assert all(after.start - before.end >= gap for before, after in itertools.pairwise(cues))


@given(document=st.from_type(Transcript), options=OPTIONS)
def test_only_a_token_that_is_too_long_alone_breaks_the_limits_of_lines(
    document: Transcript, options: RenderOptions
) -> None:
    for cue in build_cues(document, options):
        assert len(cue.lines) <= options.max_lines
        assert all(len(line) <= options.line_length or " " not in line for line in cue.lines)


def test_srt_looks_as_players_expect(meeting: Transcript) -> None:
    assert render(meeting, TranscriptFormat.SRT) == (
        "1\n00:00:01,000 --> 00:00:03,900\nAnna: Good morning,\neveryone. Shall we start?\n\n"
        "2\n00:00:05,000 --> 00:00:07,000\nSpeaker 2: Yes, *please* do.\n"
    )


def test_webvtt_names_the_speaker_in_a_voice_tag(meeting: Transcript) -> None:
    assert render(meeting, TranscriptFormat.VTT) == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:03.900\n<v Anna>Good morning, everyone. Shall we start?\n\n"
        "00:00:05.000 --> 00:00:07.000\n<v Speaker 2>Yes, *please* do.\n"
    )


def test_names_are_left_out_on_request(meeting: Transcript) -> None:
    options = RenderOptions(speakers=False)

    assert "Anna" not in render(meeting, TranscriptFormat.SRT, options)
    assert "<v" not in render(meeting, TranscriptFormat.VTT, options)


def test_markup_in_names_and_text_is_escaped_in_webvtt(transcript: Callable[..., Transcript]) -> None:
    document = transcript(
        Segment(id=1, start=0, end=2, speaker="S1", text="a <b> & c --> d"),
        speakers=(Speaker(id="S1", label="x", name="Eve\n> <Bob>"),),
    )

    assert render(document, TranscriptFormat.VTT).endswith(
        "<v Eve &gt; &lt;Bob&gt;>a &lt;b&gt; &amp; c --&gt; d\n"
    )


def test_a_very_long_name_leaves_room_for_the_text(transcript: Callable[..., Transcript]) -> None:
    document = transcript(
        Segment(id=1, start=0, end=2, speaker="S1", text="yes"), speakers=(Speaker(id="S1", label="n" * 200),)
    )

    assert build_cues(document, RenderOptions(), names_in_text=True)[0].lines == ("n" * 20 + "…: yes",)


def test_cues_break_after_a_sentence(transcript: Callable[..., Transcript]) -> None:
    text = (
        "We looked at every room of the old house. Then we decided, after a long talk, to wait for a while."
    )
    words = tuple(
        Word(start=0.3 * index, end=0.3 * index + 0.25, text=token, confidence=1)
        for index, token in enumerate(text.split())
    )
    document = transcript(Segment(id=1, start=0, end=words[-1].end, text=text, words=words))

    assert build_cues(document, RenderOptions())[0].lines[-1].endswith("house.")


def test_people_who_talk_at_once_get_cues_one_after_the_other(transcript: Callable[..., Transcript]) -> None:
    document = transcript(
        Segment(id=1, start=0, end=5, speaker="S1", text="I have thought about this for a while."),
        Segment(id=2, start=4, end=6, speaker="S2", text="So have I."),
        speakers=(Speaker(id="S1", label="A"), Speaker(id="S2", label="B")),
    )

    first, second = build_cues(document, RenderOptions())

    assert (first.speaker, first.end) == ("A", 3917)
    assert (second.speaker, second.start) == ("B", 4000)


def test_a_cue_stays_as_long_as_it_takes_to_read(transcript: Callable[..., Transcript]) -> None:
    document = transcript(Segment(id=1, start=10, end=10.5, text="A sentence said far too fast."))

    (cue,) = build_cues(document, RenderOptions(reading_speed=10))

    assert cue.end - cue.start == 2900


@pytest.mark.parametrize(("extension", "expected"), [("srt", ""), ("vtt", "WEBVTT\n")])
def test_an_empty_transcript_is_a_valid_file(
    transcript: Callable[..., Transcript], extension: str, expected: str
) -> None:
    assert render(transcript(), TranscriptFormat(extension)) == expected
