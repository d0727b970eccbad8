"""Words under the wrong speaker, or at the wrong time, are errors."""

from collections.abc import Callable, Sequence

import pytest

from scribe.evaluation.cpwer import speaker_attributed_errors, time_constrained_errors
from scribe.evaluation.reference import Utterance
from scribe.evaluation.wer import WordErrors


def said(start: float, end: float, speaker: str, text: str) -> Utterance:
    return Utterance(start=start, end=end, speaker=speaker, text=text)


Measure = Callable[[Sequence[Utterance], Sequence[Utterance]], WordErrors]

REFERENCE = [said(0, 2, "anna", "good morning everyone"), said(2, 3, "ben", "hello anna")]
RIGHT = [said(0, 2, "2", "Good morning, everyone!"), said(2, 3, "1", "hello Anna")]


def test_speakers_may_have_any_name() -> None:
    assert speaker_attributed_errors(REFERENCE, RIGHT).rate == 0
    assert time_constrained_errors(REFERENCE, RIGHT).rate == 0


def test_a_word_under_the_wrong_speaker_counts_twice() -> None:
    mixed = [said(0, 2.5, "1", "good morning everyone hello"), said(2.5, 3, "2", "anna")]
    assert speaker_attributed_errors(REFERENCE, mixed) == WordErrors(words=5, deletions=1, insertions=1)


def test_one_voice_for_two_people_loses_the_words_of_one() -> None:
    one = [said(0, 3, "1", "good morning everyone hello anna")]
    assert speaker_attributed_errors(REFERENCE, one) == WordErrors(words=5, deletions=2, insertions=2)


def test_only_the_time_constrained_rate_minds_when_words_were_said() -> None:
    late = [said(u.start + 20, u.end + 20, u.speaker, u.text) for u in RIGHT]
    assert speaker_attributed_errors(REFERENCE, late).rate == 0
    assert time_constrained_errors(REFERENCE, late).rate == pytest.approx(2)
    assert time_constrained_errors(REFERENCE, late, collar=30).rate == 0


@pytest.mark.parametrize("rate", [speaker_attributed_errors, time_constrained_errors])
def test_an_empty_transcript_misses_every_word(rate: Measure) -> None:
    assert rate(REFERENCE, []) == WordErrors(words=5, deletions=5)
    assert rate(REFERENCE, [said(0, 1, "1", "...")]) == WordErrors(words=5, deletions=5)
    assert rate([], RIGHT) == WordErrors(insertions=5)


def test_long_utterances_are_no_reason_to_warn(caplog: pytest.LogCaptureFixture) -> None:
    long = [said(0, 60, "anna", "good morning everyone")]
    assert time_constrained_errors(long, long).rate == 0
    assert not caplog.records
