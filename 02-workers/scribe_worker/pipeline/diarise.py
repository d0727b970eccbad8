"""Stage two: who speaks when."""

from scribe.storage import keys
from scribe_worker.engines.base import Diarisation, DiariseRequest, EngineInfo
from scribe_worker.pipeline.order import fingerprint
from scribe_worker.pipeline.stage import Stage, StageProduct
from scribe_worker.pipeline.work import Work


class DiarisedMeeting(StageProduct):
    """The turns, and the engine that found them."""

    engine: EngineInfo
    result: Diarisation


async def diarise(work: Work) -> DiarisedMeeting:
    """Find the turns; raises the errors of ``scribe_worker.engines``."""
    order = work.order
    request = DiariseRequest(audio=await work.audio(), speakers=order.speakers, options=order.options)
    async with work.residency.use("diariser", order.diariser.name) as engine:
        result = await engine.diarise(request, work.progress)
        return DiarisedMeeting(engine=engine.info, result=result)


def _key(work: Work) -> str:
    order = work.order
    asked = fingerprint(order.diariser.name, order.speakers, order.options)
    return keys.diarization(order.meeting_id, asked)


DIARISE = Stage("diarise", DiarisedMeeting, _key, diarise)
