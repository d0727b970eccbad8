"""Stage three: what is said."""

from pydantic import BaseModel

from scribe.storage import keys
from scribe_worker.engines import registry
from scribe_worker.engines.base import EngineInfo, TranscribeRequest, Transcription
from scribe_worker.pipeline import checkpoint
from scribe_worker.pipeline.work import Work


class TranscribedMeeting(BaseModel):
    """The stage's product, ``transcription.json``: words that have no speaker yet."""

    engine: EngineInfo
    result: Transcription


async def transcribe(work: Work) -> TranscribedMeeting:
    """Write down the words; raises the errors of ``scribe_worker.engines``."""
    key = keys.transcription(work.order.meeting_id)
    finished = await checkpoint.load(work.store, key, TranscribedMeeting)
    if finished is not None:
        return finished
    async with work.stage("transcribe"):
        resolved = registry.resolve("transcriber", work.order.transcriber)
        request = TranscribeRequest(
            audio=await work.audio(), language=work.order.language, options=work.order.options
        )
        async with work.residency.use("transcriber", resolved.name) as engine:
            result = await engine.transcribe(request, work.progress)
            product = TranscribedMeeting(engine=engine.info, result=_with_warnings(result, resolved))
        await checkpoint.save(work.store, key, product)
    return product


def _with_warnings(result: Transcription, resolved: registry.Resolved) -> Transcription:
    return result.model_copy(update={"warnings": (*resolved.warnings, *result.warnings)})
