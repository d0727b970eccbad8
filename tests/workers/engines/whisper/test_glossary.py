import pytest

from scribe_worker.engines.errors import EngineUnavailable
from scribe_worker.engines.whisper.glossary import MOST_TOKENS, glossary
from scribe_worker.engines.whisper.options import Options


def letters(text: str) -> int:
    return len(text)


def test_terms_become_hotwords_and_a_prompt() -> None:
    told = glossary(["Kubernetes", " ", " Marie  Curie ", "Kubernetes"], letters)

    assert told.hotwords == "Kubernetes, Marie Curie"
    assert told.prompt == "Kubernetes, Marie Curie."
    assert told.warnings == ()


@pytest.mark.parametrize("terms", [[], ["", " \n"]])
def test_no_terms_are_no_prompt(terms: list[str]) -> None:
    told = glossary(terms, letters)

    assert (told.hotwords, told.prompt) == (None, None)


def test_a_vocabulary_beyond_the_models_room_is_shortened_and_says_so() -> None:
    told = glossary([f"term{number:03}" for number in range(100)], letters)

    assert told.prompt is not None
    assert MOST_TOKENS - 10 < letters(told.prompt) <= MOST_TOKENS
    assert told.prompt.startswith("term000, term001")
    assert [notice.code for notice in told.warnings] == ["VOCABULARY_SHORTENED"]


def test_one_temperature_may_be_given_without_a_list() -> None:
    assert Options.of({"temperature": 0.2}).temperature == (0.2,)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"beam": 3}, "beam: Extra inputs"),
        ({"beam_size": 0}, "beam_size: "),
        ({"temperature": []}, "temperature: "),
        ({"longest_block": 60}, "longest_block: "),
        ("fast", "valid dictionary"),
    ],
)
def test_wrong_options_are_named_and_so_are_the_right_ones(options: object, named: str) -> None:
    with pytest.raises(EngineUnavailable, match=named) as caught:
        Options.of(options)  # type: ignore[arg-type]

    assert "it knows beam_size, temperature" in str(caught.value)
    assert caught.value.permanent
