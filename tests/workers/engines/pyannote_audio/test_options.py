"""What a request may tell the engine under its name."""

import pytest
from pydantic import JsonValue

from scribe_worker.engines.base import DiariseRequest
from scribe_worker.engines.errors import EngineUnavailable
from scribe_worker.engines.pyannote_audio.options import CHUNK_S, Options
from scribe_worker.engines.pyannote_audio.speakers import Bounds


def test_without_options_the_model_decides_and_an_hour_is_a_chunk() -> None:
    options = Options.of({"dummy": {"seconds": 1}})

    assert (options.threshold, options.chunk_s) == (None, CHUNK_S)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"treshold": 0.5}, "treshold"),
        ({"threshold": "high"}, "threshold"),
        ({"chunk_s": 2}, "chunk_s"),
        ({"chunk_s": 7200}, "chunk_s"),
        ({"link_threshold": 1.5}, "link_threshold"),
        ([0.5], "pyannote"),
    ],
)
def test_a_wrong_option_is_named_and_so_are_those_that_exist(given: JsonValue, named: str) -> None:
    with pytest.raises(EngineUnavailable, match=rf"\({named}: .*it knows threshold, chunk_s, link_threshold"):
        Options.of({"pyannote": given})


@pytest.mark.parametrize(
    ("asked", "bounds"),
    [
        ({}, Bounds(1, None)),
        ({"speakers": 3}, Bounds(3, 3)),
        ({"speakers": 3, "min_speakers": 1, "max_speakers": 9}, Bounds(3, 3)),
        ({"min_speakers": 2}, Bounds(2, None)),
        ({"max_speakers": 5}, Bounds(1, 5)),
        ({"min_speakers": 2, "max_speakers": 5}, Bounds(2, 5)),
    ],
)
def test_a_known_number_of_speakers_counts_for_both_bounds(asked: dict[str, int], bounds: Bounds) -> None:
    request = DiariseRequest.model_validate({"audio": "audio.flac", **asked})

    assert Bounds.of(request) == bounds


def test_a_minimum_above_the_maximum_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 5 speakers are asked for, and at most 2"):
        Bounds.of(DiariseRequest.model_validate({"audio": "a.flac", "min_speakers": 5, "max_speakers": 2}))


@pytest.mark.parametrize(("found", "told"), [(0, False), (1, True), (2, False), (4, False), (5, True)])
def test_the_reader_is_told_when_the_speakers_are_not_as_many_as_asked_for(found: int, *, told: bool) -> None:
    notice = Bounds(2, 4).missed(found)

    assert (notice is not None and notice.code == "SPEAKERS_UNLIKE_ASKED") == told
