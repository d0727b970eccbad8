"""Stage four: what is said."""

from scribe.storage import keys
from scribe_worker.engines.base import TranscribeRequest, Transcription
from scribe_worker.pipeline.engine_stage import EngineProduct
from scribe_worker.pipeline.order import fingerprint
from scribe_worker.pipeline.stage import Stage
from scribe_worker.pipeline.work import Work


class TranscribedMeeting(EngineProduct):
    """Words that have no speaker yet."""

    result: Transcription

    @property
    def complete(self) -> bool:
        """Not where the engine failed on a stretch: a retry tries that again."""
        return all(doubt.kind != "failed" for doubt in self.result.doubts)


async def transcribe(work: Work) -> TranscribedMeeting:
    """Write down the words; raises the errors of ``scribe_worker.engines``.

    Where every track is somebody's, all of them are heard, not only the one that a player would play.
    """
    order = work.order
    request = TranscribeRequest(
        audio=await work.channels() if work.tracks else await work.audio(),
        language=order.language,
        languages=order.wishes.languages,
        task=order.wishes.task,
        vocabulary=order.wishes.vocabulary,
        options=order.options,
    )
    outcome = await work.residency.run(
        order.transcriber, lambda engine: engine.transcribe(request, work.progress)
    )
    return TranscribedMeeting.of(outcome)


def _key(work: Work) -> str:
    order, wishes = work.order, work.order.wishes
    asked = fingerprint(
        order.transcriber,
        order.options,
        work.tracks is not None,
        order.language,
        list(wishes.languages),
        wishes.task,
        list(wishes.vocabulary),
    )
    return keys.transcription(order.meeting_id, asked)


TRANSCRIBE = Stage("transcribe", TranscribedMeeting, _key, transcribe)
