"""The grammar that both tiny models learn."""

import random

import pytest

from fixtures.training.sentences import Sentence, sentence, vocabulary, word_salad


def some(count: int, seed: int = 1) -> list[Sentence]:
    rng = random.Random(seed)  # noqa: S311 - to repeat it
    return [sentence(rng) for _ in range(count)]


def test_a_seed_always_gives_the_same_sentences() -> None:
    assert some(50, seed=3) == some(50, seed=3)
    assert some(50, seed=3) != some(50, seed=4)


def test_sentences_say_nothing_outside_the_vocabulary() -> None:
    said = {word for one in some(3000) for word in one.words}

    assert said <= set(vocabulary())
    assert len(said) > 0.9 * len(vocabulary())


def test_every_sentence_ends_with_a_mark_and_begins_with_a_capital() -> None:
    written = [one.text for one in some(500)]

    assert {text[-1] for text in written} == {".", "?"}
    assert all(text[0].isupper() for text in written)


def test_names_and_days_are_capitalised_wherever_they_stand() -> None:
    said = Sentence(("will", "i", "send", "it", "to", "anna", "on", "monday"), "?")

    assert said.text == "Will I send it to Anna on Monday?"


@pytest.mark.parametrize("word", ["two", "to", "four", "for", "our"])
def test_word_salad_leaves_out_what_only_a_sentence_can_tell_apart(word: str) -> None:
    rng = random.Random(2)  # noqa: S311 - to repeat it

    assert word not in {said for _ in range(1000) for said in word_salad(rng).words}
