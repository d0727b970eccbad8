"""Stage two: who speaks when."""

from pydantic import BaseModel

from scribe.storage import keys
from scribe_worker.engines import registry
from scribe_worker.engines.base import Diarisation, DiariseRequest, EngineInfo
from scribe_worker.pipeline import checkpoint
from scribe_worker.pipeline.work import Work


class DiarisedMeeting(BaseModel):
    """The stage's product, ``diarization.json``."""

    engine: EngineInfo
    result: Diarisation


async def diarise(work: Work) -> DiarisedMeeting:
    """Find the turns; raises the errors of ``scribe_worker.engines``."""
    key = keys.diarization(work.order.meeting_id)
    finished = await checkpoint.load(work.store, key, DiarisedMeeting)
    if finished is not None:
        return finished
    async with work.stage("diarise"):
        resolved = registry.resolve("diariser", work.order.diariser)
        request = DiariseRequest(
            audio=await work.audio(), speakers=work.order.speakers, options=work.order.options
        )
        async with work.residency.use("diariser", resolved.name) as engine:
            result = await engine.diarise(request, work.progress)
            product = DiarisedMeeting(engine=engine.info, result=_with_warnings(result, resolved))
        await checkpoint.save(work.store, key, product)
    return product


def _with_warnings(result: Diarisation, resolved: registry.Resolved) -> Diarisation:
    return result.model_copy(update={"warnings": (*resolved.warnings, *result.warnings)})
