"""One segment becomes two, or two become one."""

from dataclasses import replace
from operator import attrgetter

from scribe.transcript.document import Segment
from scribe.transcript.editing.words import realigned, spelled
from scribe.transcript.timing import timed_tokens
from scribe.transcript.wording import one_line, tokens_of


def rewritten(segment: Segment, text: str) -> Segment:
    """The segment with another text."""
    return segment.model_copy(update={"text": one_line(text), "words": realigned(segment, text)})


def split(segment: Segment, at: int, new_id: int) -> tuple[Segment, Segment] | None:
    """The segment up to its word ``at`` and from there on; None where one of the two would have no words.

    A segment without words is cut between two tokens of its text.
    """
    whole = spelled(segment)
    tokens = tokens_of(whole.text)
    if not 0 < at < len(tokens):
        return None
    if whole.words:
        ends, starts = max(word.end for word in whole.words[:at]), whole.words[at].start
    else:
        timed = timed_tokens(whole)
        ends, starts = timed[at - 1].end / 1000, timed[at].start / 1000
    first = {"end": ends, "text": " ".join(tokens[:at]), "words": whole.words[:at]}
    second = {"id": new_id, "start": starts, "text": " ".join(tokens[at:]), "words": whole.words[at:]}
    return whole.model_copy(update=first), whole.model_copy(update=second)


def merged(first: Segment, second: Segment) -> Segment:
    """Both as one, under the id and the speaker of the first; where they overlap, words go by their time."""
    if second.speaker != first.speaker:
        second = spoken_by(second, first.speaker)
    words = first.words + second.words
    text = " ".join(filter(None, (one_line(first.text), one_line(second.text))))
    if first.words and second.words and second.words[0].start < first.words[-1].start:
        words = tuple(sorted(spelled(first).words + spelled(second).words, key=attrgetter("start")))
        text = " ".join(word.text for word in words)
    return first.model_copy(
        update={
            "end": max(first.end, second.end),
            "text": text,
            "words": words,
            "flags": tuple(dict.fromkeys(first.flags + second.flags)),
        }
    )


def spoken_by(segment: Segment, speaker: str | None) -> Segment:
    """The segment with every word of it said by that speaker."""
    words = tuple(replace(word, speaker=speaker) for word in segment.words)
    return segment.model_copy(update={"speaker": speaker, "words": words})
