"""When each token of a segment's text is spoken, even where an edit left text and words different."""

from dataclasses import dataclass

from scribe.transcript.alignment import folded, matches
from scribe.transcript.document import Segment
from scribe.transcript.wording import tokens_of


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text between two spaces; start and end in whole milliseconds."""

    text: str
    start: int
    end: int


def timed_tokens(segment: Segment) -> list[Token]:
    """The segment's text as tokens, sorted by start, none ending before it starts.

    A token that is also in ``words`` has the word's times; those between two such share the time that is
    left between them, each in proportion to its length.
    """
    written = tokens_of(segment.text)
    spoken = [
        Token(text, milliseconds(word.start), milliseconds(word.end))
        for word in segment.words
        for text in tokens_of(word.text)
    ]
    if [token.text for token in spoken] == written:
        return spoken
    tokens: list[Token] = []
    clock, done = milliseconds(segment.start), 0
    for match in matches([folded(token.text) for token in spoken], [folded(text) for text in written]):
        matched = spoken[match.before : match.before + match.size]
        until = matched[0].start if matched else milliseconds(segment.end)
        tokens += _spread(written[done : match.after], clock, max(clock, until))
        for token, text in zip(matched, written[match.after :], strict=False):
            tokens.append(Token(text, max(clock, token.start), max(clock, token.end)))
            clock = max(clock, token.start)
        clock = max([clock, *(token.end for token in matched)])
        done = match.after + match.size
    return tokens


def milliseconds(seconds: float) -> int:
    """Whole milliseconds, the unit of subtitle files."""
    return round(seconds * 1000)


def _spread(texts: list[str], start: int, end: int) -> list[Token]:
    weight = sum(len(text) + 1 for text in texts)
    tokens, before = [], 0
    for text in texts:
        after = before + len(text) + 1
        tokens.append(
            Token(text, start + (end - start) * before // weight, start + (end - start) * after // weight)
        )
        before = after
    return tokens
