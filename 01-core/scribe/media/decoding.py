"""Read the product's own audio.flac into memory for an engine."""

from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from scribe.media.info import SAMPLE_RATE

_FULL_SCALE = 32_768.0


def decode(path: Path) -> npt.NDArray[np.float32]:
    """Samples of a 16 kHz mono FLAC: float32 [n], -1 to 1.

    Raises ValueError for anything else: strangers' files go through ``convert`` first.
    """
    with av.open(str(path), options={"format_whitelist": "flac"}) as container:
        codec = container.streams.audio[0].codec_context
        if (codec.sample_rate, codec.channels) != (SAMPLE_RATE, 1):
            raise ValueError(f"{path.name} is not 16 kHz mono")
        parts = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    samples: npt.NDArray[np.float32] = np.concatenate([np.zeros(0, np.int16), *parts]).astype(np.float32)
    samples /= _FULL_SCALE
    return samples
