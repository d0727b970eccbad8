"""A transcript in each of the forms that OpenAI's API has."""

import math
import zlib
from collections.abc import Sequence

from fastapi import Response
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel

from scribe.transcript.document import Segment, Transcript, Word
from scribe.transcript.options import RenderOptions
from scribe.transcript.render import TranscriptFormat, render
from scribe_api.openai.fields import AudioFields, ResponseFormat, Task
from scribe_api.openai.languages import language_name
from scribe_api.openai.schemas import (
    DiarizedTranscription,
    SpokenSegment,
    TimedSegment,
    TimedWord,
    Transcription,
    Usage,
    VerboseTranscription,
)

_NO_SPEAKERS = RenderOptions(speakers=False)
_LEAST_CONFIDENCE = 1e-4
"""A word of confidence 0 would make a mean of minus infinity, which JSON cannot hold."""


def answer(transcript: Transcript, asked: AudioFields, task: Task) -> Response:
    """The response to a request that does not stream."""
    match asked.response_format:
        case ResponseFormat.TEXT:
            return PlainTextResponse(f"{text_of(transcript)}\n")
        case ResponseFormat.SRT:
            return PlainTextResponse(render(transcript, TranscriptFormat.SRT, _NO_SPEAKERS))
        case ResponseFormat.VTT:
            return PlainTextResponse(render(transcript, TranscriptFormat.VTT, _NO_SPEAKERS))
        case ResponseFormat.VERBOSE_JSON:
            return _json(verbose(transcript, asked, task))
        case ResponseFormat.DIARIZED_JSON:
            return _json(diarized(transcript, task))
        case ResponseFormat.JSON:
            return _json(Transcription(text=text_of(transcript), usage=usage(transcript)))


def text_of(transcript: Transcript) -> str:
    """All that was said, without who said it."""
    return " ".join(segment.text for segment in transcript.segments if segment.text)


def usage(transcript: Transcript) -> Usage:
    """Seconds that were begun."""
    return Usage(seconds=math.ceil(transcript.duration))


def verbose(transcript: Transcript, asked: AudioFields, task: Task) -> VerboseTranscription:
    """With the times of segments, of words, or of both; a translation is in English."""
    wanted = asked.timestamp_granularities
    return VerboseTranscription(
        task=task,
        language=language_name("en" if task == "translate" else transcript.language),
        duration=transcript.duration,
        text=text_of(transcript),
        segments=[_timed(segment, asked.temperature) for segment in transcript.segments]
        if "segment" in wanted
        else None,
        words=[
            TimedWord(word=word.text, start=word.start, end=word.end)
            for segment in transcript.segments
            for word in segment.words
        ]
        if "word" in wanted
        else None,
        usage=usage(transcript),
    )


def diarized(transcript: Transcript, task: Task) -> DiarizedTranscription:
    """Who said what."""
    return DiarizedTranscription(
        task=task,
        duration=transcript.duration,
        text=text_of(transcript),
        segments=spoken_segments(transcript),
        usage=usage(transcript),
    )


def spoken_segments(transcript: Transcript) -> list[SpokenSegment]:
    """The segments with the names of their speakers; empty where nobody could tell."""
    names = {speaker.id: speaker.display_name for speaker in transcript.speakers}
    return [
        SpokenSegment(
            id=f"seg_{segment.id}",
            speaker=names.get(segment.speaker or "", ""),
            start=segment.start,
            end=segment.end,
            text=segment.text,
        )
        for segment in transcript.segments
    ]


def _timed(segment: Segment, temperature: float) -> TimedSegment:
    return TimedSegment(
        id=segment.id - 1,
        seek=round(segment.start * 100),
        start=segment.start,
        end=segment.end,
        text=segment.text,
        temperature=temperature,
        avg_logprob=_mean_logarithm(segment.words),
        compression_ratio=_compression(segment.text),
    )


def _mean_logarithm(words: Sequence[Word]) -> float:
    if not words:
        return 0.0
    total = sum(math.log(max(word.confidence, _LEAST_CONFIDENCE)) for word in words)
    return round(total / len(words), 4)


def _compression(text: str) -> float:
    """How much repetition there is: bytes of the text over bytes of its zlib form, as Whisper counts it."""
    written = text.encode()
    return round(len(written) / len(zlib.compress(written)), 4) if written else 0.0


def _json(body: BaseModel) -> Response:
    return JSONResponse(body.model_dump(exclude_none=True))
