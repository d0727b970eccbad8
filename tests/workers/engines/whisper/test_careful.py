"""The real decoder, made to fail, to forget, to babble or to hear another language."""

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest

from scribe_worker.engines.base import Plan, TranscribeRequest
from scribe_worker.engines.whisper import recording
from scribe_worker.engines.whisper.blocks import Block
from scribe_worker.engines.whisper.decoder import Decoded, Decoder, Manner, Samples
from scribe_worker.engines.whisper.languages import Heard


class Failing(Decoder):
    """Cannot stand the speech between two times."""

    def __init__(self, plan: Plan, start: float, end: float, reason: str) -> None:
        super().__init__(plan, 1)
        self._fails = (start, end)
        self._reason = reason

    def together(self, blocks: Sequence[Block], heard: Sequence[Samples], manner: Manner) -> list[Decoded]:
        for block in blocks:
            self._refuse(block)
        return super().together(blocks, heard, manner)

    def alone(self, block: Block, heard: Samples, manner: Manner, before: str = "") -> Decoded:
        self._refuse(block)
        return super().alone(block, heard, manner, before)

    def _refuse(self, block: Block) -> None:
        start, end = self._fails
        if start <= (block.start + block.end) / 2 <= end:
            raise RuntimeError(self._reason)


class Forgetful(Decoder):
    """Gives only the first words of whatever it decodes in a batch."""

    def together(self, blocks: Sequence[Block], heard: Sequence[Samples], manner: Manner) -> list[Decoded]:
        return [
            Decoded(one.block, one.words[:3], one.log_probability, one.compression)
            for one in super().together(blocks, heard, manner)
        ]


class Babbling(Decoder):
    """What it decodes in a batch repeats itself."""

    def together(self, blocks: Sequence[Block], heard: Sequence[Samples], manner: Manner) -> list[Decoded]:
        return [
            Decoded(one.block, one.words[:1] * 12, one.log_probability, 9.0)
            for one in super().together(blocks, heard, manner)
        ]


class Bilingual(Decoder):
    """Hears English for five seconds of speech and French from then on."""

    listened = 0.0

    def detect(self, heard: Sequence[Samples]) -> list[Heard]:
        return [self._language(samples) for samples in heard]

    def _language(self, samples: Samples) -> Heard:
        language = "en" if self.listened < 5 else "fr"
        self.listened += samples.size / 16_000
        return {language: 0.9, "de": 0.1}


def ignore(_share: float) -> None:
    pass


def test_a_block_that_fails_is_marked_and_the_rest_is_delivered(plan: Plan, clips_apart: Path) -> None:
    decoder = Failing(plan, 15, 26, "the sound is odd")

    result = recording.transcribe(TranscribeRequest(audio=clips_apart, language="en"), decoder, plan, ignore)

    failed = [doubt for doubt in result.doubts if doubt.kind == "failed"]
    assert failed
    assert all(15 <= doubt.start < doubt.end <= 26 for doubt in failed)
    assert not [word for word in result.words if 15 <= word.start <= 26]
    assert [word for word in result.words if word.start < 15]
    assert [word for word in result.words if word.start > 26]
    assert "not_transcribed" not in {doubt.kind for doubt in result.doubts if 15 <= doubt.start <= 26}
    (notice,) = result.warnings
    assert notice.code == "BLOCK_FAILED"
    assert "the sound is odd" in notice.message


def test_where_no_block_can_be_decoded_the_reason_is_raised(plan: Plan, clip: Path) -> None:
    decoder = Failing(plan, 0, 60, "the sound is odd")

    with pytest.raises(RuntimeError, match="the sound is odd"):
        recording.transcribe(TranscribeRequest(audio=clip, language="en"), decoder, plan, ignore)


@pytest.mark.parametrize(
    "reason",
    ["CUDA failed with error out of memory", "cuBLAS failed with status CUBLAS_STATUS_EXECUTION_FAILED"],
)
def test_memory_or_a_gpu_that_fails_on_one_block_is_raised_at_once(
    plan: Plan, clips_apart: Path, reason: str
) -> None:
    decoder = Failing(plan, 15, 26, reason)

    with pytest.raises(RuntimeError, match=reason):
        recording.transcribe(TranscribeRequest(audio=clips_apart, language="en"), decoder, plan, ignore)


def test_speech_that_was_passed_over_is_listened_to_again(plan: Plan, decoder: Decoder, clip: Path) -> None:
    request = TranscribeRequest(audio=clip, language="en")
    expected = recording.transcribe(request, decoder, plan, ignore)

    result = recording.transcribe(request, Forgetful(plan, 1), plan, ignore)

    assert len(result.words) > 0.7 * len(expected.words)
    assert "not_transcribed" not in {doubt.kind for doubt in result.doubts}


def test_a_text_that_repeats_itself_is_decoded_again(plan: Plan, decoder: Decoder, clip: Path) -> None:
    request = TranscribeRequest(audio=clip, language="en")
    expected = recording.transcribe(request, decoder, plan, ignore)

    result = recording.transcribe(request, Babbling(plan, 1), plan, ignore)

    assert [doubt.kind for doubt in result.doubts if doubt.kind == "repetition"] == []
    assert len({word.text for word in result.words}) > 0.7 * len({word.text for word in expected.words})


def test_every_word_is_in_the_language_of_its_stretch_of_speech(plan: Plan, clips_apart: Path) -> None:
    request = TranscribeRequest(audio=clips_apart, languages=("en", "fr"))

    result = recording.transcribe(request, Bilingual(plan, 1), plan, ignore)

    assert result.language == "fr"
    spoken = [word.language for word in result.words]
    assert [language for language, _ in itertools.groupby(spoken)] == ["en", "fr"]
