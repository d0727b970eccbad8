"""Where in a text the words are that were looked for, by the same dictionaries that found it."""

import asyncio
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile

from sqlalchemy import ARRAY, Text, bindparam, column, func, literal, select
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.search import LEXEME, Resolved, Term, words_of
from scribe_api.search.schemas import Snippet

SNIPPET = 300
BEFORE = 80
"""Characters of a snippet, and of those before what was found first."""

Passage = tuple[str, str]
"""A text and its language."""
Range = tuple[int, int]
_NEVER_DECOMPOSED = dict(zip("øłđħıŧœæßþð", "oldhitoastd", strict=True))
"""What PostgreSQL's scribe_fold makes of the first letter where Unicode leaves it as it is."""


@dataclass(frozen=True)
class _Word:
    folded: str
    found: bool


_OTHER = _Word(folded="", found=False)


class Highlighter:
    """Marks what was looked for. Knows the words of the passages that it was made with."""

    def __init__(self, words: dict[Passage, _Word], phrases: Sequence[tuple[str, ...]]) -> None:
        self._words = words
        self._phrases: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase in dict.fromkeys(phrases):
            self._phrases[phrase[0]].append(phrase)

    @classmethod
    async def of(
        cls,
        session: AsyncSession,
        terms: tuple[Term, ...],
        sought: Resolved,
        passages: Iterable[Passage],
    ) -> "Highlighter":
        """Look up at once every word of the passages that may be one of those sought."""
        phrases = [term.words for term in terms if term.exact and not term.excluded]
        wanted = await asyncio.to_thread(_candidates, sought, passages)
        wanted |= {(word, "") for phrase in phrases for word in phrase}
        words, languages = zip(*sorted(wanted), strict=True) if wanted else ((), ())
        given = (
            func.unnest(
                bindparam("words", words, ARRAY(Text)), bindparam("languages", languages, ARRAY(Text))
            )
            .table_valued(column("word", Text), column("language", Text))
            .render_derived()
        )
        document = func.scribe_document(given.c.word, given.c.language)
        rows = await session.execute(
            select(
                given.c.word,
                given.c.language,
                func.scribe_words(given.c.word),
                document.bool_op("@@")(literal(sought.single, TSQUERY)),
            )
        )
        known = {(word, language): _Word(folded, found) for word, language, folded, found in rows}
        folded = [tuple(known[word, ""].folded for word in phrase) for phrase in phrases]
        return cls(known, folded)

    def snippet(self, text: str, *languages: str, length: int = SNIPPET) -> Snippet:
        """The piece of the text around what was found first, in any of the languages."""
        spans = self._spans(text, languages)
        first = next(spans, None)
        start, end = _window(text, first[0] if first else 0, length)
        shown = takewhile(lambda span: span[1] <= end, chain([first] if first else [], spans))
        return Snippet(
            text=text[start:end],
            ranges=[(begins - start, ends - start) for begins, ends in shown],
            cut_before=start > 0,
            cut_after=end < len(text),
        )

    def _spans(self, text: str, languages: Sequence[str]) -> Iterator[Range]:
        """Where the words are that were looked for, one after the other."""
        matches = words_of(text)
        words = [match[0] for match in matches]
        in_phrase = 0
        for n, match in enumerate(matches):
            in_phrase = max(in_phrase, n + self._phrase_at(words, n, languages[0]))
            if n < in_phrase or any(self._known(words[n], language).found for language in languages):
                yield match.span()

    def _phrase_at(self, words: Sequence[str], n: int, language: str) -> int:
        """How many words the longest phrase has that begins there."""
        return max(
            (
                len(phrase)
                for phrase in self._phrases.get(self._known(words[n], language).folded, ())
                if phrase == tuple(self._known(word, language).folded for word in words[n : n + len(phrase)])
            ),
            default=0,
        )

    def _known(self, word: str, language: str) -> _Word:
        return self._words.get((word, language), _OTHER)


def _candidates(sought: Resolved, passages: Iterable[Passage]) -> set[Passage]:
    """Every word that begins as one of those sought, with its language."""
    initials = {form[0] for form in LEXEME.findall(sought.words)}
    return {
        (word[0], language)
        for text, language in passages
        for word in words_of(text)
        if _initial(word[0]) in initials
    }


def _initial(word: str) -> str:
    """The first letter as the index folds it: forms of one word begin alike in French and English."""
    first = unicodedata.normalize("NFKD", word[0].lower())[0]
    return _NEVER_DECOMPOSED.get(first, first)


def _window(text: str, first: int, length: int) -> Range:
    """Where to cut: at spaces if there are any near, with some text before what was found."""
    if len(text) <= length:
        return 0, len(text)
    start = max(0, min(first - BEFORE, len(text) - length))
    if start > 0 and (space := re.compile(r"\s").search(text, start, first)):
        start = space.end()
    end = min(start + length, len(text))
    if end < len(text) and (space_at := text.rfind(" ", first + 1, end)) > 0:
        end = space_at
    return start, end
