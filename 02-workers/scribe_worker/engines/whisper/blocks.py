"""Speech, put together into blocks that the model can take in at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from scribe_worker.engines.speech import Region

_PAUSE_IN_BLOCK_S = 1.0
"""A longer pause ends a block: text over a pause is what Whisper makes up most."""

_PAUSE_IN_UTTERANCE_S = 0.5
_LONGEST_UTTERANCE_S = 10.0


@dataclass(frozen=True)
class Block(Region):
    """A stretch of speech in one language that is decoded in one piece."""

    language: str


def utterances(regions: Iterable[Region]) -> list[Region]:
    """Stretches that are short enough to be in one language, and long enough to hear which one it is."""
    found: list[Region] = []
    for region in regions:
        if found and _joinable(found[-1], region, _PAUSE_IN_UTTERANCE_S, _LONGEST_UTTERANCE_S):
            found[-1] = Region(found[-1].start, region.end)
        else:
            found.append(region)
    return found


def blocks(regions: Iterable[Region], languages: Iterable[str], longest: float) -> list[Block]:
    """Neighbours of one language together, as far as ``longest`` seconds and pauses allow.

    languages: one for each region; a region that is too long by itself stays as it is
    """
    made: list[Block] = []
    for region, language in zip(regions, languages, strict=True):
        if made and made[-1].language == language and _joinable(made[-1], region, _PAUSE_IN_BLOCK_S, longest):
            made[-1] = Block(made[-1].start, region.end, language)
        else:
            made.append(Block(region.start, region.end, language))
    return made


def _joinable(before: Region, after: Region, pause: float, longest: float) -> bool:
    return after.start - before.end <= pause and after.end - before.start <= longest
