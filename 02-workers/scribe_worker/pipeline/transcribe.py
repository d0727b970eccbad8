"""Stage three: what is said."""

from scribe.storage import keys
from scribe_worker.engines.base import EngineInfo, TranscribeRequest, Transcription
from scribe_worker.pipeline.order import fingerprint
from scribe_worker.pipeline.stage import Stage, StageProduct
from scribe_worker.pipeline.work import Work


class TranscribedMeeting(StageProduct):
    """Words that have no speaker yet, and the engine that wrote them down."""

    engine: EngineInfo
    result: Transcription


async def transcribe(work: Work) -> TranscribedMeeting:
    """Write down the words; raises the errors of ``scribe_worker.engines``."""
    order = work.order
    request = TranscribeRequest(audio=await work.audio(), language=order.language, options=order.options)
    async with work.residency.use("transcriber", order.transcriber.name) as engine:
        result = await engine.transcribe(request, work.progress)
        return TranscribedMeeting(engine=engine.info, result=result)


def _key(work: Work) -> str:
    order = work.order
    asked = fingerprint(order.transcriber.name, order.language, order.options)
    return keys.transcription(order.meeting_id, asked)


TRANSCRIBE = Stage("transcribe", TranscribedMeeting, _key, transcribe)
