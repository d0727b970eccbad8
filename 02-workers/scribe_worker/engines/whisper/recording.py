"""One recording from sound to words: hear, decode batch by batch, and mark what is in doubt."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from scribe.media.decoding import AudioReader
from scribe.transcript.document import BLOCK_FAILED, Notice
from scribe_worker.engines.base import (
    NO_SPEECH,
    Doubt,
    Plan,
    Progress,
    TranscribeRequest,
    Transcription,
    Word,
)
from scribe_worker.engines.whisper import languages
from scribe_worker.engines.whisper.blocks import Block
from scribe_worker.engines.whisper.careful import Careful, Failure
from scribe_worker.engines.whisper.decoder import Decoded, Decoder, Manner, Samples
from scribe_worker.engines.whisper.doubts import doubtful_words, unheard
from scribe_worker.engines.whisper.glossary import glossary
from scribe_worker.engines.whisper.hearing import Listener, Speech, listen
from scribe_worker.engines.whisper.options import NAME, Options

_UNKNOWN_LANGUAGE = "und"

_HEARD, _LANGUAGES_KNOWN = 0.04, 0.1
"""Shares of the whole time at which a step ends."""

Outcomes = Iterator[Decoded | Failure]


def transcribe(request: TranscribeRequest, decoder: Decoder, plan: Plan, progress: Progress) -> Transcription:
    """The words of a recording. Memory grows with its length only by the words and one number a 32 ms.

    Raises EngineUnavailable for options or languages that do not exist, and what the decoder raised
    where no block could be decoded.
    """
    options = Options.of(request.options.get(NAME, {}))
    languages.check(decoder.languages, [*request.languages, *filter(None, [request.language])])
    terms = glossary(request.vocabulary, decoder.tokens)
    manner = Manner(request.task, options.beam_size, options.temperature, terms)
    with AudioReader(request.audio) as audio:
        heard = listen(audio, options, _part(progress, 0, _HEARD))
        if not heard.padded:
            return Transcription(
                language=request.language or _UNKNOWN_LANGUAGE,
                words=(),
                warnings=(*terms.warnings, NO_SPEECH),
            )
        listener = Listener(audio, decoder, plan, options)
        blocks = listener.blocks(heard, request, _part(progress, _HEARD, _LANGUAGES_KNOWN))
        careful = Careful(decoder, manner, heard.between)
        sounding = ((block, audio.read(block.start, block.end)) for block in blocks)
        if options.condition_on_previous_text:
            outcomes = _one_by_one(careful, sounding)
        else:
            outcomes = _in_batches(careful, sounding, plan.batch_size)
        done = _followed(outcomes, blocks, _part(progress, _LANGUAGES_KNOWN, 1))
    return _transcription(done, heard, terms.warnings)


def _in_batches(careful: Careful, sounding: Iterable[tuple[Block, Samples]], size: int) -> Outcomes:
    """Full batches of one language each, as soon as they are full."""
    waiting: defaultdict[str, list[tuple[Block, Samples]]] = defaultdict(list)
    for block, samples in sounding:
        waiting[block.language].append((block, samples))
        if len(waiting[block.language]) == size:
            yield from _batch(careful, waiting.pop(block.language))
    for rest in waiting.values():
        yield from _batch(careful, rest)


def _batch(careful: Careful, batch: list[tuple[Block, Samples]]) -> Outcomes:
    return careful.batch([block for block, _ in batch], [samples for _, samples in batch])


def _one_by_one(careful: Careful, sounding: Iterable[tuple[Block, Samples]]) -> Outcomes:
    """Each block after the text of the one before it, where that was in the same language."""
    before, language = "", None
    for block, samples in sounding:
        outcome = careful.alone(block, samples, before if block.language == language else "")
        before = outcome.text if isinstance(outcome, Decoded) else ""
        language = block.language
        yield outcome


def _followed(outcomes: Outcomes, blocks: list[Block], progress: Progress) -> list[Decoded | Failure]:
    total = sum(block.duration for block in blocks)
    done: list[Decoded | Failure] = []
    seconds = 0.0
    for outcome in outcomes:
        done.append(outcome)
        seconds += outcome.block.duration
        progress(min(1.0, seconds / total))
    return done


def _transcription(
    done: list[Decoded | Failure], heard: Speech, warnings: tuple[Notice, ...]
) -> Transcription:
    decoded = [outcome for outcome in done if isinstance(outcome, Decoded)]
    failures = [outcome for outcome in done if isinstance(outcome, Failure)]
    if failures:
        if not decoded:
            raise failures[0].error
        warnings = (*warnings, _block_failed(failures, len(done)))
    words = sorted((word for outcome in decoded for word in outcome.words), key=lambda word: word.start)
    doubts = [
        *doubtful_words(words, heard.probabilities),
        *_not_transcribed(heard, words, decoded),
        *(Doubt(kind="failed", start=failure.block.start, end=failure.block.end) for failure in failures),
    ]
    return Transcription(
        language=languages.most_spoken((one.block.language, one.block.duration) for one in done),
        words=tuple(words),
        doubts=tuple(sorted(doubts, key=lambda doubt: (doubt.start, doubt.end, doubt.kind))),
        warnings=warnings,
    )


def _not_transcribed(heard: Speech, words: list[Word], decoded: list[Decoded]) -> list[Doubt]:
    """Speech without words, where decoding did not fail."""
    blocks = sorted((one.block for one in decoded), key=lambda block: block.start)
    speech = [region for block in blocks for region in heard.between(block.start, block.end)]
    return [Doubt(kind="not_transcribed", start=gap.start, end=gap.end) for gap in unheard(speech, words)]


def _block_failed(failures: list[Failure], blocks: int) -> Notice:
    seconds = sum(failure.block.duration for failure in failures)
    return Notice(
        code=BLOCK_FAILED,
        message=(
            f"{len(failures)} of {blocks} stretches ({seconds:.0f} s in all) could not be transcribed and "
            f"are marked; the rest is complete. The first reason: {failures[0].error}"
        ),
    )


def _part(progress: Progress, start: float, end: float) -> Callable[[float], None]:
    """Progress of a step that takes from ``start`` to ``end`` of the whole."""
    return lambda share: progress(start + (end - start) * share)
