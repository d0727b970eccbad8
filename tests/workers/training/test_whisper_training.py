"""What the tiny Whisper is trained with, and that its export is the network that was trained."""

from pathlib import Path

import ctranslate2
import numpy as np
import pytest
import torch
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer

from fixtures.training.sentences import Sentence, vocabulary
from fixtures.training.whisper.corpus import Utterance, log_mel
from fixtures.training.whisper.export import export
from fixtures.training.whisper.fit import train
from fixtures.training.whisper.network import TinyWhisper
from fixtures.training.whisper.tokens import Tokens
from fixtures.training.whisper.windows import IGNORED, Window, WindowMaker

FRAMES = 1000


@pytest.fixture(scope="session")
def network(corpus: list[Utterance], tokens: Tokens) -> TinyWhisper:
    """After one step, so that nothing is as it began."""
    return train(corpus, tokens, steps=1, seed=1, report=lambda _: None)


@pytest.fixture(scope="session")
def exported(network: TinyWhisper, tokens: Tokens, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    export(network, tokens, folder, quantization="float32")
    return folder


def windows_of(corpus: list[Utterance], tokens: Tokens, count: int, seed: int = 1) -> list[Window]:
    maker = WindowMaker(corpus, tokens, np.random.default_rng(seed))
    return [maker.window(FRAMES, prompted=False) for _ in range(count)]


def text_in(window: Window, tokens: Tokens) -> str:
    known = [label for label in window.labels if IGNORED < label < tokens["<|endoftext|>"]]
    return tokens.tokenizer.decode([label for label in known if label >= 0])


def test_every_word_is_one_token(tokens: Tokens) -> None:
    lengths = {len(tokens.spell(Sentence((word,), "").text)[0]) for word in vocabulary()}

    assert lengths == {1}


def test_the_layout_is_what_faster_whisper_expects(tokens: Tokens) -> None:
    theirs = Tokenizer(tokens.tokenizer, multilingual=True, task="transcribe", language="en")

    assert theirs.timestamp_begin == tokens.timestamps
    assert theirs.no_speech == tokens["<|nospeech|>"]
    assert theirs.decode(tokens.spell("We will move the release to Monday.")[0]) == (
        " We will move the release to Monday."
    )
    assert tokens.names()[tokens["<|30.00|>"]] == "<|30.00|>"
    assert "" in tokens.names()


def test_mel_power_is_what_faster_whisper_normalises() -> None:
    from faster_whisper.feature_extractor import FeatureExtractor

    samples = np.random.default_rng(3).normal(0, 0.1, 16_000).astype(np.float32)
    power = log_mel(samples)
    normalised = (np.maximum(power, power.max() - 8) + 4) / 4

    theirs = FeatureExtractor()(samples, padding=160).T

    np.testing.assert_allclose(normalised, theirs, atol=1e-3)


def test_a_window_asks_for_the_sentences_that_are_in_it(corpus: list[Utterance], tokens: Tokens) -> None:
    known = {" " + utterance.sentence.text for utterance in corpus}
    written = [text_in(window, tokens) for window in windows_of(corpus, tokens, 40)]

    assert sum(map(bool, written)) > 30
    for text in written:
        rest = text
        while found := next((one for one in known if rest.startswith(one)), None):
            rest = rest.removeprefix(found)
        assert rest == ""


def test_the_next_token_is_the_label_of_the_one_before(corpus: list[Utterance], tokens: Tokens) -> None:
    for window in windows_of(corpus, tokens, 40):
        pairs = zip(window.labels, [*window.tokens[1:], tokens["<|endoftext|>"]], strict=True)

        assert all(label in {IGNORED, after} for label, after in list(pairs)[1:])
        assert window.labels[-1] == tokens["<|endoftext|>"]


def test_padding_is_zero_and_holds_no_word(corpus: list[Utterance], tokens: Tokens) -> None:
    padded = [window for window in windows_of(corpus, tokens, 40) if not window.mel[-1].any()]

    assert padded
    assert not any(window.words[-1] for window in padded)


def test_a_seed_always_gives_the_same_windows(corpus: list[Utterance], tokens: Tokens) -> None:
    first, again, other = (windows_of(corpus, tokens, 3, seed=seed)[2] for seed in (1, 1, 2))

    np.testing.assert_array_equal(first.mel, again.mel)
    assert first.tokens == again.tokens
    assert first.tokens != other.tokens


def test_the_same_seed_gives_the_same_weights(
    network: TinyWhisper, corpus: list[Utterance], tokens: Tokens
) -> None:
    again = train(corpus, tokens, steps=1, seed=1, report=lambda _: None)

    assert torch.equal(network.text, again.text)


def test_the_exported_model_hears_and_writes_what_the_network_does(
    network: TinyWhisper, exported: Path, tokens: Tokens
) -> None:
    mel = torch.randn(1, 80, 3000, generator=torch.Generator().manual_seed(1)) * 0.3
    start = [
        tokens[name] for name in ("<|startoftranscript|>", "<|en|>", "<|transcribe|>", "<|notimestamps|>")
    ]
    model = ctranslate2.models.Whisper(str(exported), compute_type="float32", intra_threads=1)

    encoded = model.encode(ctranslate2.StorageView.from_array(mel.numpy()))
    scores = model.generate(encoded, [start], beam_size=1, max_length=20, return_logits_vocab=True)[0]

    with torch.no_grad():
        heard, _ = network.hear(mel, torch.zeros(1, dtype=torch.long))
        written, _ = network.write(torch.tensor([start]), heard)
        logits = (written[0, -1] @ network.embeddings().t()).numpy()
    np.testing.assert_allclose(np.array(encoded), heard.numpy(), atol=1e-3)
    logits[tokens.spell("")[0]] = np.finfo(np.float32).min  # a text does not begin with a lone space
    np.testing.assert_allclose(np.array(scores.logits[0][0]), logits, atol=1e-3)


def test_faster_whisper_loads_the_export_as_a_multilingual_model(exported: Path) -> None:
    model = WhisperModel(str(exported), device="cpu", compute_type="int8", cpu_threads=1)

    language, probability, _ = model.detect_language(np.zeros(16_000, np.float32))

    assert model.model.is_multilingual
    assert len(language) in {2, 3}
    assert 0 < probability <= 1
