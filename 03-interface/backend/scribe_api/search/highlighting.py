"""Where in a text the words are that were looked for, by the same dictionaries that found it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
        self._phrases = phrases

    @classmethod
    async def of(
        cls,
        session: AsyncSession,
        terms: tuple[Term, ...],
        sought: Resolved,
        passages: Iterable[Passage],
    ) -> "Highlighter":
        """Look up at once every word of the passages that may be one of those sought."""
        initials = {form[0] for form in LEXEME.findall(sought.words)}
        phrases = [term.words for term in terms if term.exact and not term.excluded]
        wanted = {
            (word[0], language)
            for text, language in passages
            for word in words_of(text)
            if _initial(word[0]) in initials
        }
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
        ranges = self._ranges(text, languages)
        start, end = _window(text, ranges[0][0] if ranges else 0, length)
        return Snippet(
            text=text[start:end],
            ranges=[
                (first - start, last - start) for first, last in ranges if start <= first and last <= end
            ],
            cut_before=start > 0,
            cut_after=end < len(text),
        )

    def _ranges(self, text: str, languages: Sequence[str]) -> list[Range]:
        words = words_of(text)
        known = [self._words.get((word[0], languages[0]), _OTHER) for word in words]
        found = {
            n
            for n, word in enumerate(words)
            if any(self._words.get((word[0], language), _OTHER).found for language in languages)
        }
        for phrase in self._phrases:
            for n in range(len(words) - len(phrase) + 1):
                if all(word.folded == wanted for word, wanted in zip(known[n:], phrase, strict=False)):
                    found.update(range(n, n + len(phrase)))
        return [words[n].span() for n in sorted(found)]


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
