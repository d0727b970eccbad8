"""The real faster-whisper with a real, tiny model, on recordings made from its vocabulary."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from scribe.evaluation.reference import Reference
from scribe.evaluation.wer import normalise, word_error_rate
from scribe_worker.engines.base import Plan, TranscribeRequest, Transcription, Word
from scribe_worker.engines.errors import EngineUnavailable
from scribe_worker.engines.whisper.engine import FasterWhisperTranscriber


def ignore(_share: float) -> None:
    pass


def text_of(result: Transcription) -> str:
    return " ".join(word.text for word in result.words)


def start_errors(reference: Reference, words: tuple[Word, ...]) -> list[float]:
    """Seconds by which the words that are said once and were understood begin too early or too late."""
    said = [(normalise(word.text), word.start) for word in reference.words]
    found = [(normalise(word.text), word.start) for word in words]
    once = {text for text, _ in said if [other for other, _ in said].count(text) == 1}
    times = {text: start for text, start in said if text in once}
    return [abs(start - times[text]) for text, start in found if text in once]


def test_the_meeting_is_written_down_with_the_times_of_its_words(
    engine: FasterWhisperTranscriber, meeting: Path, reference: Reference
) -> None:
    progress: list[float] = []

    result = engine.transcribe(TranscribeRequest(audio=meeting), progress.append)

    assert word_error_rate(reference.text, text_of(result)) < 0.1
    errors = start_errors(reference, result.words)
    assert len(errors) > 50
    assert np.median(errors) < 0.15
    assert np.percentile(errors, 90) < 0.6
    assert all(before.start <= after.start for before, after in itertools.pairwise(result.words))
    assert result.words[-1].end <= reference.duration
    assert (result.language, {word.language for word in result.words}) == ("en", {"en"})
    assert progress == sorted(progress)
    assert progress[-1] == 1
    assert len(progress) > 5
    assert result.warnings == ()


def test_batches_give_the_words_that_single_blocks_give(
    engine: FasterWhisperTranscriber, plan: Plan, clips_apart: Path
) -> None:
    single = FasterWhisperTranscriber()
    single.load(plan.model_copy(update={"batch_size": 1}), 1)
    request = TranscribeRequest(audio=clips_apart, language="en")

    assert text_of(engine.transcribe(request, ignore)) == text_of(single.transcribe(request, ignore))


def test_one_block_after_the_other_with_what_was_said_before_reads_about_as_well(
    engine: FasterWhisperTranscriber, clips_apart: Path, clip_text: str
) -> None:
    options = {"faster-whisper": {"condition_on_previous_text": True}}

    result = engine.transcribe(TranscribeRequest(audio=clips_apart, language="en", options=options), ignore)

    assert word_error_rate(" ".join([clip_text] * 3), text_of(result)) < 0.2


def test_pauses_have_no_words(engine: FasterWhisperTranscriber, clips_apart: Path) -> None:
    result = engine.transcribe(TranscribeRequest(audio=clips_apart, language="en"), ignore)

    assert [word for word in result.words if 10 < word.start < 15.5] == []
    assert [word for word in result.words if word.start > 31.2]


def test_the_language_is_chosen_among_those_allowed(
    engine: FasterWhisperTranscriber, clip: Path, clip_text: str
) -> None:
    result = engine.transcribe(TranscribeRequest(audio=clip, languages=("fr", "en")), ignore)

    assert (result.language, {word.language for word in result.words}) == ("en", {"en"})
    assert word_error_rate(clip_text, text_of(result)) < 0.2


def test_no_language_is_taken_but_those_allowed(engine: FasterWhisperTranscriber, clip: Path) -> None:
    result = engine.transcribe(TranscribeRequest(audio=clip, languages=("fr", "de")), ignore)

    assert {result.language, *(word.language for word in result.words)} <= {"fr", "de"}


def test_a_language_that_the_model_does_not_know_is_refused(
    engine: FasterWhisperTranscriber, clip: Path
) -> None:
    with pytest.raises(EngineUnavailable, match="does not know tlh; it knows af, "):
        engine.transcribe(TranscribeRequest(audio=clip, languages=("en", "tlh")), ignore)


def test_an_option_that_does_not_exist_is_refused(engine: FasterWhisperTranscriber, clip: Path) -> None:
    options = {"faster-whisper": {"beams": 3}}

    with pytest.raises(EngineUnavailable, match="beams"):
        engine.transcribe(TranscribeRequest(audio=clip, options=options), ignore)


def test_translated_words_are_english(engine: FasterWhisperTranscriber, clip: Path) -> None:
    result = engine.transcribe(TranscribeRequest(audio=clip, language="fr", task="translate"), ignore)

    assert {word.language for word in result.words} <= {"en"}
    assert result.language == "fr"


def test_a_model_that_cannot_translate_says_so(plan: Plan, clip: Path) -> None:
    turbo = FasterWhisperTranscriber()
    turbo.load(plan.model_copy(update={"model": "large-v3-turbo"}), 1)

    with pytest.raises(EngineUnavailable, match="large-v3-turbo cannot translate"):
        turbo.transcribe(TranscribeRequest(audio=clip, task="translate"), ignore)


def test_a_vocabulary_is_told_to_the_model_as_far_as_it_has_room(
    engine: FasterWhisperTranscriber, clip: Path, clip_text: str
) -> None:
    terms = ("roadmap", "Julia", *(f"Nebuchadnezzar{number}" for number in range(200)))

    short = engine.transcribe(TranscribeRequest(audio=clip, language="en", vocabulary=terms[:2]), ignore)
    long = engine.transcribe(TranscribeRequest(audio=clip, language="en", vocabulary=terms), ignore)

    assert word_error_rate(clip_text, text_of(short)) < 0.2
    assert short.warnings == ()
    assert [notice.code for notice in long.warnings] == ["VOCABULARY_SHORTENED"]


def test_a_hum_is_no_speech(engine: FasterWhisperTranscriber, hum: Path) -> None:
    result = engine.transcribe(TranscribeRequest(audio=hum), ignore)

    assert (result.words, result.language) == ((), "und")
    assert [notice.code for notice in result.warnings] == ["NO_SPEECH"]


def test_what_the_model_makes_up_over_a_hum_is_marked_word_for_word(
    engine: FasterWhisperTranscriber, hum: Path
) -> None:
    options = {"faster-whisper": {"vad_threshold": 0.02}}

    result = engine.transcribe(TranscribeRequest(audio=hum, language="en", options=options), ignore)

    assert len(result.words) > 5
    silent = [doubt for doubt in result.doubts if doubt.kind == "over_silence"]
    assert all(any(doubt.start <= word.start <= doubt.end for doubt in silent) for word in result.words)
    assert "repetition" in {doubt.kind for doubt in result.doubts}
