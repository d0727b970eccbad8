"""Whisper of any size with random weights: memory and speed do not need trained ones."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from ctranslate2.specs.whisper_spec import WhisperSpec
from tokenizers import AddedToken, Tokenizer
from tokenizers.decoders import ByteLevel as ByteLevelDecoder
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel

TEXT_TOKENS = 50_257
TIMESTAMPS = 1_501
AUDIO_POSITIONS, TEXT_POSITIONS = 1_500, 448
SEED = 1
MULTILINGUAL = ""
"""The token by which CTranslate2 tells a multilingual vocabulary."""

BLOCK = 1 << 20


@dataclass(frozen=True)
class Architecture:
    """Layers in the encoder and as many in the decoder, their width, heads, and bands of the spectrogram."""

    layers: int
    width: int
    heads: int
    mels: int


LARGE_V3 = Architecture(layers=32, width=1280, heads=20, mels=128)
"""As published with Radford et al. 2022 and its later releases: 1.54 billion parameters."""


def write_random_whisper(folder: Path, shape: Architecture, precision: str = "float16") -> None:
    """Write a model that faster-whisper loads, with Whisper large-v3's vocabulary."""
    spec = WhisperSpec(shape.layers, shape.heads, shape.layers, shape.heads)
    _fill(spec, shape, _Random())
    tokens = _tokens()
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [TEXT_TOKENS]
    spec.config.alignment_heads = [[shape.layers - 1, 0]]
    spec.config.lang_ids = [number for number, token in enumerate(tokens) if _is_language(token)]
    spec.register_vocabulary(tokens)
    spec.validate()
    spec.optimize(quantization=precision)
    spec.save(str(folder))
    _tokenizer(tokens).save(str(folder / "tokenizer.json"))
    features = {"feature_size": shape.mels, "sampling_rate": 16_000, "hop_length": 160, "n_fft": 400}
    (folder / "preprocessor_config.json").write_text(json.dumps({**features, "chunk_length": 30}))


class _Random:
    """Small random numbers, drawn once and repeated: what they are does not matter."""

    def __init__(self) -> None:
        self._block = np.random.default_rng(SEED).standard_normal(BLOCK, dtype=np.float32) * 0.02

    def __call__(self, *shape: int) -> npt.NDArray[np.float32]:
        return np.resize(self._block, shape)


def _fill(spec: Any, shape: Architecture, random: _Random) -> None:
    width = shape.width
    for name, inputs in (("conv1", shape.mels), ("conv2", width)):
        convolution = getattr(spec.encoder, name)
        convolution.weight, convolution.bias = random(width, inputs, 3), random(width)
    spec.encoder.position_encodings.encodings = random(AUDIO_POSITIONS, width)
    spec.decoder.position_encodings.encodings = random(TEXT_POSITIONS, width)
    embeddings = random(len(_tokens()), width)
    spec.decoder.embeddings.weight = spec.decoder.projection.weight = embeddings
    for side in (spec.encoder, spec.decoder):
        _norm(side.layer_norm, width)
        for layer in side.layer:
            _attention(layer.self_attention, (3, 1), width, random)
            if side is spec.decoder:
                _attention(layer.attention, (1, 2, 1), width, random)
            _linear(layer.ffn.linear_0, 4 * width, width, random)
            _linear(layer.ffn.linear_1, width, 4 * width, random)
            _norm(layer.ffn.layer_norm, width)


def _attention(spec: Any, parts: tuple[int, ...], width: int, random: _Random) -> None:
    for linear, outputs in zip(spec.linear, parts, strict=True):
        _linear(linear, outputs * width, width, random)
    _norm(spec.layer_norm, width)


def _linear(spec: Any, outputs: int, inputs: int, random: _Random) -> None:
    spec.weight, spec.bias = random(outputs, inputs), random(outputs)


def _norm(spec: Any, width: int) -> None:
    spec.gamma, spec.beta = np.ones(width, np.float32), np.zeros(width, np.float32)


def _tokens() -> list[str]:
    """The layout of large-v3's vocabulary: text, specials, languages, tasks, timestamps."""
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    alphabet = sorted(ByteLevel.alphabet())
    text = [*alphabet, *(f"ġ{number}" for number in range(TEXT_TOKENS - len(alphabet) - 1)), MULTILINGUAL]
    languages = [f"<|{code}|>" for code in _LANGUAGE_CODES]
    tasks = ["translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]
    times = [f"<|{number * 0.02:.2f}|>" for number in range(TIMESTAMPS)]
    return [
        *text,
        "<|endoftext|>",
        "<|startoftranscript|>",
        *languages,
        *(f"<|{task}|>" for task in tasks),
        *times,
    ]


def _is_language(token: str) -> bool:
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    return token.startswith("<|") and token[2:-2] in _LANGUAGE_CODES


def _tokenizer(tokens: list[str]) -> Tokenizer:
    text = {token: number for number, token in enumerate(tokens[:TEXT_TOKENS])}
    tokenizer = Tokenizer(BPE(vocab=text, merges=[]))
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False)
    tokenizer.decoder = ByteLevelDecoder()
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in tokens[TEXT_TOKENS:]])
    return tokenizer
