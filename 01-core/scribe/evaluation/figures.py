"""The figures of one transcript, and of several together."""

import operator
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import Self, TypeVar

from pydantic import BaseModel, ConfigDict

from scribe.evaluation.cpwer import speaker_attributed_errors, time_constrained_errors
from scribe.evaluation.der import SpeakerErrors, speaker_errors
from scribe.evaluation.normalisation import BASIC, rules_for
from scribe.evaluation.reference import text_of, turns_of, utterances_of
from scribe.evaluation.truth import Truth
from scribe.evaluation.wer import WordErrors, word_errors
from scribe.transcript.document import Transcript

Count = TypeVar("Count", WordErrors, SpeakerErrors)

_ASIDE = ("_wait", "_load")
_LOADED = "_load"


class Accuracy(BaseModel):
    """How far a transcript is from the truth; None where the truth does not tell.

    wer, cpwer, tcpwer: under the rules of the language; wer_basic: under the basic ones
    der: with overlapping speech scored; der_alone: only where one person speaks
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    wer: WordErrors | None = None
    wer_basic: WordErrors | None = None
    cpwer: WordErrors | None = None
    tcpwer: WordErrors | None = None
    der: SpeakerErrors | None = None
    der_alone: SpeakerErrors | None = None

    @classmethod
    def of(cls, truth: Truth, transcript: Transcript) -> Self:
        """Measure a transcript."""
        rules = rules_for(truth.language)
        spoken, said, turns = text_of(transcript), utterances_of(transcript), turns_of(transcript)
        known = cls()
        if truth.text is not None:
            known = known.model_copy(
                update={
                    "wer": word_errors(truth.text, spoken, rules),
                    "wer_basic": word_errors(truth.text, spoken, BASIC),
                }
            )
        if truth.utterances is not None:
            known = known.model_copy(
                update={
                    "cpwer": speaker_attributed_errors(truth.utterances, said, rules),
                    "tcpwer": time_constrained_errors(truth.utterances, said, rules),
                }
            )
        if truth.turns is not None:
            known = known.model_copy(
                update={
                    "der": speaker_errors(truth.turns, turns),
                    "der_alone": speaker_errors(truth.turns, turns, skip_overlap=True),
                }
            )
        return known

    @property
    def known(self) -> frozenset[str]:
        """The names of the figures that there are."""
        return frozenset(self.model_dump(exclude_none=True))

    @classmethod
    def pooled(cls, parts: Sequence[Self]) -> Self:
        """All errors over all words or seconds, of those recordings that have a truth."""

        def added(of: Callable[[Self], Count | None]) -> Count | None:
            counts = [count for part in parts if (count := of(part)) is not None]
            return reduce(operator.add, counts) if counts else None

        return cls(
            wer=added(lambda part: part.wer),
            wer_basic=added(lambda part: part.wer_basic),
            cpwer=added(lambda part: part.cpwer),
            tcpwer=added(lambda part: part.tcpwer),
            der=added(lambda part: part.der),
            der_alone=added(lambda part: part.der_alone),
        )


class Cost(BaseModel):
    """What a transcript took.

    audio, work: seconds of recording, and of all stages without waiting and loading
    loads: models that had to be loaded for it; memory_mib, vram_mib: peaks of an engine's process
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    audio: float = 0.0
    work: float = 0.0
    loads: int = 0
    memory_mib: float | None = None
    vram_mib: float | None = None

    @property
    def real_time_factor(self) -> float | None:
        """Seconds of work a second of recording."""
        return self.work / self.audio if self.audio else None

    @classmethod
    def of(cls, transcript: Transcript) -> Self:
        """As the transcript's own record tells it."""
        timings = transcript.timings.items()
        used = (transcript.engines.transcriber, transcript.engines.diariser)
        return cls(
            audio=transcript.duration,
            work=sum(seconds for stage, seconds in timings if not stage.endswith(_ASIDE)),
            loads=sum(seconds > 0 for stage, seconds in timings if stage.endswith(_LOADED)),
            memory_mib=_highest(engine.peak_memory_mib for engine in used),
            vram_mib=_highest(engine.peak_vram_mib for engine in used),
        )

    @classmethod
    def pooled(cls, parts: Sequence[Self]) -> Self:
        """Sums, and the highest peaks."""
        return cls(
            audio=sum(part.audio for part in parts),
            work=sum(part.work for part in parts),
            loads=sum(part.loads for part in parts),
            memory_mib=_highest(part.memory_mib for part in parts),
            vram_mib=_highest(part.vram_mib for part in parts),
        )


def _highest(values: Iterable[float | None]) -> float | None:
    return max((value for value in values if value is not None), default=None)
