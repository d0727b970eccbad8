"""Stage three: who speaks when."""

from typing import Self

import structlog

from scribe.errors import ScribeError
from scribe.media.errors import CorruptMedia, MediaProcessDied, MediaTimeout, RecordingHasOneChannel
from scribe.storage import keys
from scribe.transcript.document import DIARISATION_FAILED, Notice
from scribe_worker.engines.base import Diarisation, DiariseRequest, EngineInfo, Turn
from scribe_worker.engines.errors import (
    EngineCrashed,
    EngineFailed,
    EngineOutOfMemory,
    EngineTimeout,
    EngineUnavailable,
)
from scribe_worker.pipeline.engine_stage import EngineProduct
from scribe_worker.pipeline.order import fingerprint
from scribe_worker.pipeline.split import SPLIT
from scribe_worker.pipeline.stage import Stage
from scribe_worker.pipeline.work import Work

log = structlog.get_logger(__name__)

OF_THE_ENGINE = (EngineCrashed, EngineFailed, EngineOutOfMemory, EngineTimeout, EngineUnavailable)
OF_THE_SPLIT = (CorruptMedia, MediaProcessDied, MediaTimeout, RecordingHasOneChannel)
BEARABLE = (*OF_THE_ENGINE, *OF_THE_SPLIT)
"""With these a transcript without speakers is better than none."""


class DiarisedMeeting(EngineProduct):
    """The turns."""

    result: Diarisation

    @classmethod
    def failed(cls, work: Work, duration: float, error: ScribeError) -> Self:
        """One speaker from the start to the end, and the reason."""
        turns = (Turn(start=0, end=duration, speaker=0),) if duration else ()
        message = (
            "Speakers could not be told apart, so everything is attributed to one: "
            f"{error} Retry the meeting to try only this again."
        )
        return cls(
            engine=EngineInfo(
                name=work.order.diariser.name,
                model=work.order.diariser.plan.model,
                device=work.order.diariser.plan.device,
                compute_type=work.order.diariser.plan.compute_type,
            ),
            result=Diarisation(
                turns=turns, exclusive=turns, warnings=(Notice(code=DIARISATION_FAILED, message=message),)
            ),
        )


async def diarised(work: Work, duration: float) -> DiarisedMeeting:
    """The turns, or one speaker for all of it where the last attempt at them fails.

    Raises the errors of ``scribe_worker.engines`` as long as another attempt may do better.
    """
    try:
        if work.order.diariser.capabilities.channels:
            async with work.converting:
                work.tracks = await work.run(SPLIT)
        return await work.run(DIARISE)
    except BEARABLE as error:
        if not (work.last_attempt or error.permanent):
            raise
        log.warning("diarisation_given_up", code=error.code, reason=str(error))
        return DiarisedMeeting.failed(work, duration, error)


async def diarise(work: Work) -> DiarisedMeeting:
    """Find the turns; raises the errors of ``scribe_worker.engines``."""
    order = work.order
    request = DiariseRequest(
        audio=await work.audio(),
        channels=await work.channels() if work.tracks else None,
        speakers=order.speakers,
        min_speakers=order.wishes.min_speakers,
        max_speakers=order.wishes.max_speakers,
        options=order.options,
    )
    outcome = await work.residency.run(order.diariser, lambda engine: engine.diarise(request, work.progress))
    return DiarisedMeeting.of(outcome)


def _key(work: Work) -> str:
    order, wishes = work.order, work.order.wishes
    asked = fingerprint(
        order.diariser, order.options, order.speakers, wishes.min_speakers, wishes.max_speakers
    )
    return keys.diarization(order.meeting_id, asked)


DIARISE = Stage("diarise", DiarisedMeeting, _key, diarise)
