"""Resemblyzer's voice encoder, read from the package's weights without importing the package.

The package's own modules would bring webrtcvad and librosa along; only its network and its mel spectrogram
are needed. Wan et al. 2018, "Generalized end-to-end loss for speaker verification".
"""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from scribe.media.info import SAMPLE_RATE

HOP = 160
"""Samples between two mel frames: 10 ms."""

_FFT = 400
MARGIN = _FFT // 2
"""Samples on either side of a frame's centre that it is made of."""

_MELS = 40
_HIDDEN = 256
_LAYERS = 3
_PACKAGE = "resemblyzer"
_WEIGHTS = "pretrained.pt"


def weights() -> Path | None:
    """The weights that the package carries, or None where it is not installed. Does not import it."""
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    found = [path for folder in folders or () if (path := Path(folder) / _WEIGHTS).is_file()]
    return found[0] if found else None


class VoiceEncoder(nn.Module):
    """Mel frames to one unit vector a window, near for the same voice and far for another."""

    filters: torch.Tensor
    taper: torch.Tensor

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.lstm = nn.LSTM(_MELS, _HIDDEN, _LAYERS, batch_first=True)
        self.linear = nn.Linear(_HIDDEN, _HIDDEN)
        state = torch.load(path, map_location="cpu", weights_only=True)["model_state"]
        self.load_state_dict(
            {name: value for name, value in state.items() if name.startswith(("lstm.", "linear."))}
        )
        self.register_buffer("filters", torch.from_numpy(_mel_filters()), persistent=False)
        self.register_buffer("taper", torch.hann_window(_FFT), persistent=False)
        self.eval()

    @torch.inference_mode()
    def mel(self, samples: npt.NDArray[np.float32]) -> torch.Tensor:
        """Power in 40 mel bands, float32 [frames, 40].

        samples: float32 [HOP * (frames - 1) + 2 * MARGIN], 16 kHz mono; the first frame is centred on sample
            MARGIN, each following one HOP samples later
        """
        spectrum = torch.stft(
            torch.from_numpy(samples), _FFT, HOP, window=self.taper, center=False, return_complex=True
        )
        return (self.filters @ spectrum.abs().square()).T.contiguous()

    @torch.inference_mode()
    def embed(self, mels: torch.Tensor) -> npt.NDArray[np.float32]:
        """Windows of mel frames, float32 [windows, frames, 40], to unit vectors, float32 [windows, 256]."""
        _, (hidden, _) = self.lstm(mels)
        vectors = torch.relu(self.linear(hidden[-1]))
        unit: npt.NDArray[np.float32] = nn.functional.normalize(vectors, dim=1, eps=1e-9).numpy()
        return unit


def _mel_filters() -> npt.NDArray[np.float32]:
    """Triangles of unit area on Slaney's mel scale, float32 [40, 201], equal to librosa's."""
    bins = np.linspace(0, SAMPLE_RATE / 2, _FFT // 2 + 1)
    edges = _mel_to_hertz(np.linspace(0, _hertz_to_mel(SAMPLE_RATE / 2), _MELS + 2))
    widths = np.diff(edges)
    slopes = edges[:, None] - bins[None]
    rising, falling = -slopes[:-2] / widths[:-1, None], slopes[2:] / widths[1:, None]
    triangles = np.maximum(0, np.minimum(rising, falling))
    return (triangles * (2 / (edges[2:] - edges[:-2]))[:, None]).astype(np.float32)


# Slaney's scale: linear up to 1 kHz, which is mel 15, then 27 mels for each factor of 6.4.
_KNEE_HZ, _KNEE_MEL = 1000.0, 15.0
_LOG_STEP = np.log(6.4) / 27


def _hertz_to_mel(hertz: float) -> float:
    if hertz < _KNEE_HZ:
        return hertz * _KNEE_MEL / _KNEE_HZ
    return float(_KNEE_MEL + np.log(hertz / _KNEE_HZ) / _LOG_STEP)


def _mel_to_hertz(mels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    linear = mels * _KNEE_HZ / _KNEE_MEL
    curved = _KNEE_HZ * np.exp(_LOG_STEP * (mels - _KNEE_MEL))
    return np.where(mels < _KNEE_MEL, linear, curved)
