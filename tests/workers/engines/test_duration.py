from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from scribe_worker.engines.duration import flac_duration


@pytest.mark.parametrize("samples", [16_000, 1_234_567])
def test_the_length_is_read_from_the_header(write_flac: Callable[..., Path], samples: int) -> None:
    path = write_flac(np.zeros(samples, dtype=np.float32))

    assert flac_duration(path) == pytest.approx(samples / 16_000)


@pytest.mark.parametrize("content", [b"", b"fLaC", b"RIFF" + bytes(100), b"fLaC" + bytes(100)])
def test_a_file_that_does_not_tell_has_no_known_length(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "audio.flac").write_bytes(content)

    assert flac_duration(tmp_path / "audio.flac") is None
