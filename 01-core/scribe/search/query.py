"""What people type into a search box, as a query of PostgreSQL's full-text search.

Words must all occur, in any form that French or English has of them; "a phrase" must occur word for word;
-word and -"a phrase" must not occur; wor* finds what begins so. Signs between words count as spaces, and
nothing that is typed is an error.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

STEMMED_IN = ("french", "english")
LONGEST_WORD = 200
"""Characters; PostgreSQL refuses a query with a word of more than 2,046 bytes."""

_PIECE = re.compile(r'(?P<no>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
LEXEME = re.compile(r"'((?:[^']|'')+)'")
"""In a query as PostgreSQL writes it."""
_AS_SPOKEN = "ABC"
"""The weights of words as they stand in the text; D is for what dictionaries made of them."""
LONGEST_TEXT = 50_000
"""Characters; the index knows no more of a text (``scribe_words``)."""
# An accent may be a character of its own, after its letter; without one it is no word.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")

Query = ColumnElement[object]


@dataclass(frozen=True)
class Term:
    """One thing that must occur or, ``excluded``, must not; several words only where it is ``exact``."""

    words: tuple[str, ...]
    exact: bool = False
    begins: bool = False
    excluded: bool = False


@dataclass(frozen=True)
class Resolved:
    """Queries as PostgreSQL writes them; both empty where nothing is left to look for.

    ``words`` is what a text must match, ``single`` what a word on its own must match to be one of those
    that were looked for.
    """

    words: str
    single: str


def parse(typed: str) -> tuple[Term, ...]:
    """The terms in their order; none where no words were typed."""
    return tuple(term for piece in _PIECE.finditer(typed) for term in _terms(piece))


def words_of(text: str) -> list[re.Match[str]]:
    """The words of a text with their places, divided as the index divides them."""
    return list(_WORD.finditer(text, 0, LONGEST_TEXT))


async def resolve(session: AsyncSession, terms: tuple[Term, ...]) -> Resolved:
    """Look the terms up in the dictionaries of the database."""
    forms = [cast(form, Text) for term in terms for form in _forms(term)]
    found = iter((await session.execute(select(*forms))).one()) if forms else iter(())
    matching = {term: _joined(term, _distinct(found, len(_forms(term)))) for term in terms}
    wanted = {term: words for term, words in matching.items() if words and not term.excluded}
    unwanted = [f"!({words})" for term, words in matching.items() if words and term.excluded]
    if not wanted:
        return Resolved("", "")
    return Resolved(
        words=" & ".join([*(f"({words})" for words in wanted.values()), *unwanted]),
        single=" | ".join(words for term, words in wanted.items() if not term.exact),
    )


def _distinct(found: Iterator[str], count: int) -> list[str]:
    """The next of them; a form that comes twice would make the planner expect twice as many matches."""
    return [form for form in dict.fromkeys(itertools.islice(found, count)) if form]


def _joined(term: Term, forms: list[str]) -> str:
    either = " | ".join(forms)
    return LEXEME.sub(rf"\g<0>:{_AS_SPOKEN}", either) if term.exact else either


def beginning_with(typed: str, weight: str) -> Query | None:
    """A query for texts with words of that weight that begin as the words typed; None: none were typed."""
    begun = [_beginning(match[0], weight) for match in words_of(typed)]
    return reduce(func.tsquery_and, begun) if begun else None


def _terms(piece: re.Match[str]) -> Iterator[Term]:
    excluded = piece["no"] is not None
    words = tuple(match[0] for match in words_of(piece["phrase"] or piece["word"] or ""))
    if not words:
        return
    if piece["phrase"] or (excluded and len(words) > 1):
        yield Term(words, exact=True, excluded=excluded)
        return
    begins = piece["word"].endswith("*")
    for word in words[:-1]:
        yield Term((word,))
    yield Term(words[-1:], begins=begins, excluded=excluded)


def _forms(term: Term) -> list[Query]:
    """A text has the term where it matches one of these."""
    if term.begins:
        return [_beginning(term.words[0], "")]
    text = func.left(func.scribe_words(" ".join(term.words)), LONGEST_WORD * len(term.words))
    exact = func.phraseto_tsquery("simple", text)
    return [exact] if term.exact else [exact, *(func.plainto_tsquery(name, text) for name in STEMMED_IN)]


def _beginning(word: str, weight: str) -> Query:
    folded = func.left(func.scribe_words(word), LONGEST_WORD)
    return func.to_tsquery("simple", func.concat("'", folded, f"':*{weight}"))
