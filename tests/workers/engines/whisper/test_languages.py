import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe_worker.engines.errors import EngineUnavailable
from scribe_worker.engines.speech import Region
from scribe_worker.engines.whisper.blocks import blocks, utterances
from scribe_worker.engines.whisper.languages import among, check, most_probable, most_spoken


def stretches(*durations: float) -> list[Region]:
    """One after the other, with a second between them."""
    ends = list(itertools.accumulate(duration + 1 for duration in durations))
    return [Region(end - 1 - duration, end - 1) for end, duration in zip(ends, durations, strict=True)]


speech = st.lists(st.tuples(st.floats(0.2, 12), st.floats(0, 3)), min_size=1, max_size=40).map(
    lambda parts: list(
        itertools.accumulate(
            parts[1:],
            lambda last, part: Region(last.end + part[1] + 0.001, last.end + part[1] + part[0] + 0.001),
            initial=Region(parts[0][1], parts[0][1] + parts[0][0]),
        )
    )
)


def test_one_sample_in_another_language_does_not_decide() -> None:
    heard = [{"en": 0.9, "fr": 0.1}, {"fr": 0.8, "en": 0.2}, {"fr": 0.7, "en": 0.3}]

    assert most_probable(heard) == "fr"


def test_every_stretch_takes_the_allowed_language_that_it_sounds_like() -> None:
    heard = [{"fr": 0.5, "es": 0.4, "en": 0.1}, {"en": 0.9, "fr": 0.1}, {"fr": 0.2, "es": 0.7, "en": 0.1}]

    assert among(("fr", "en"), stretches(4, 4, 4), heard, 0.6) == ["fr", "en", "fr"]


def test_an_unsure_stretch_takes_the_language_of_its_nearest_neighbour() -> None:
    speech = [Region(0, 5), Region(8, 10), Region(10.5, 15)]
    heard = [{"fr": 1.0}, {"fr": 0.55, "en": 0.45}, {"en": 1.0}]

    assert among(("fr", "en"), speech, heard, 0.6) == ["fr", "en", "en"]


def test_a_stretch_too_short_to_tell_its_language_takes_its_neighbours() -> None:
    heard = [{"fr": 1.0}, {"en": 1.0}, {"fr": 1.0}]

    assert among(("fr", "en"), stretches(4, 0.6, 4), heard, 0.6) == ["fr", "fr", "fr"]


def test_where_nothing_is_sure_the_most_probable_language_is_taken_for_all() -> None:
    heard = [{"fr": 0.5, "en": 0.5}, {"fr": 0.45, "en": 0.55}]

    assert among(("fr", "en"), stretches(4, 4), heard, 0.6) == ["en", "en"]


def test_languages_that_were_not_heard_at_all_are_equally_probable() -> None:
    assert among(("fr", "en"), stretches(4), [{"ja": 1.0}], 0.4) == ["fr"]


def test_unknown_languages_are_named() -> None:
    with pytest.raises(EngineUnavailable, match=r"does not know tlh, xx; it knows en, fr\."):
        check(("fr", "en"), ["xx", "en", "tlh"])


def test_the_language_of_a_recording_is_the_one_with_the_most_seconds() -> None:
    assert most_spoken([("fr", 10), ("en", 18), ("fr", 12)]) == "fr"


@given(speech, st.lists(st.sampled_from(["fr", "en"]), min_size=40, max_size=40), st.floats(5, 28))
def test_blocks_hold_all_speech_once_in_one_language_each(
    regions: list[Region], languages: list[str], longest: float
) -> None:
    spoken = languages[: len(regions)]

    made = blocks(regions, spoken, longest)

    assert [
        next(block.language for block in made if block.start <= region.start and region.end <= block.end)
        for region in regions
    ] == spoken
    assert all(before.end < after.start for before, after in itertools.pairwise(made))
    longest_region = max(region.duration for region in regions)
    assert max(block.duration for block in made) <= max(longest, longest_region)


@given(speech)
def test_utterances_lose_no_speech(regions: list[Region]) -> None:
    made = utterances(regions)

    assert {region.start for region in made} <= {region.start for region in regions}
    assert all(
        any(each.start <= region.start and region.end <= each.end for each in made) for region in regions
    )


def test_a_long_pause_ends_a_block() -> None:
    made = blocks([Region(0, 3), Region(3.5, 6), Region(8, 10)], ["en"] * 3, 28)

    assert [(block.start, block.end) for block in made] == [(0, 6), (8, 10)]
