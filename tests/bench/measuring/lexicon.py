"""Made-up French and English that is distributed like speech: a few words everywhere, most words rarely."""

from dataclasses import dataclass
from random import Random

import numpy as np
import numpy.typing as npt

VOCABULARY = 30_000
ZIPF_EXPONENT = 1.05

FRENCH_HEAD = (
    "de la le et les des en un une est que qui dans pour pas sur plus par avec ce il on nous vous au sont "
    "mais ou donc être avoir fait tout comme cette ses aux réunion budget équipe projet délai qualité élève "
    "question réponse client marché année semaine travail problème solution décision été déjà après même"
)
ENGLISH_HEAD = (
    "the of and to in a is that it was for on are as with they at be this have from or had by but what some "
    "we can out other were all your when up use how said an each she which do their time if will way about "
    "meeting budget team project delay quality question answer customer market year week work problem"
)
FRENCH_PARTS = (
    (
        [
            "bal",
            "cham",
            "dé",
            "é",
            "fran",
            "gou",
            "i",
            "jour",
            "li",
            "mon",
            "né",
            "or",
            "par",
            "qué",
            "ré",
            "sou",
            "té",
            "vi",
        ]
    ),
    (["a", "an", "ci", "co", "dé", "fi", "gra", "li", "ma", "né", "pé", "ra", "ro", "ta", "ti", "vo", "zé"]),
    (
        [
            "age",
            "ation",
            "eur",
            "euse",
            "eux",
            "ière",
            "ique",
            "isme",
            "ité",
            "ment",
            "oir",
            "té",
            "ée",
            "és",
            "er",
        ]
    ),
)
ENGLISH_PARTS = (
    (
        [
            "bal",
            "cham",
            "de",
            "fran",
            "gold",
            "in",
            "jour",
            "li",
            "mon",
            "nor",
            "par",
            "qua",
            "re",
            "sun",
            "ta",
            "vi",
            "wil",
        ]
    ),
    (
        [
            "a",
            "an",
            "bi",
            "co",
            "der",
            "fi",
            "gra",
            "li",
            "ma",
            "ner",
            "per",
            "ra",
            "ro",
            "ta",
            "ti",
            "vo",
            "wo",
        ]
    ),
    (
        [
            "age",
            "ation",
            "er",
            "ful",
            "ing",
            "ings",
            "ism",
            "ity",
            "less",
            "ly",
            "ment",
            "ness",
            "ous",
            "ed",
            "s",
        ]
    ),
)


@dataclass(frozen=True)
class Lexicon:
    """Words, the most frequent first, and the sums of their likelihoods up to each: float64 [n], 0 to 1."""

    words: tuple[str, ...]
    cumulated: npt.NDArray[np.float64]

    def draw(self, random: np.random.Generator, count: int) -> npt.NDArray[np.int64]:
        """``count`` indices into ``words``."""
        return np.searchsorted(self.cumulated, random.random(count))

    def say(self, drawn: npt.NDArray[np.int64]) -> str:
        """The words of the indices as a text."""
        return " ".join([self.words[index] for index in drawn])


def french() -> Lexicon:
    """Its first words are really the most frequent ones of French."""
    return _lexicon(FRENCH_HEAD, FRENCH_PARTS)


def english() -> Lexicon:
    """Its first words are really the most frequent ones of English."""
    return _lexicon(ENGLISH_HEAD, ENGLISH_PARTS)


def _lexicon(head: str, parts: tuple[list[str], list[str], list[str]]) -> Lexicon:
    begins, middles, ends = parts
    random = Random(len(head))  # noqa: S311  (made-up words are no secret)
    words = dict.fromkeys(head.split())
    while len(words) < VOCABULARY:
        middle = "".join(random.choices(middles, k=random.randint(1, 3)))
        words[f"{random.choice(begins)}{middle}{random.choice(ends)}"] = None
    weight = np.arange(1, VOCABULARY + 1, dtype=np.float64) ** -ZIPF_EXPONENT
    return Lexicon(tuple(words), np.cumsum(weight[:-1]) / weight.sum())
