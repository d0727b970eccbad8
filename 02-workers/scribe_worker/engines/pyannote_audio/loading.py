"""Load a pipeline from a folder and from nowhere else. Imports torch: only for an engine's process."""

import warnings
from pathlib import Path

import torch

from scribe_worker.engines.base import Device
from scribe_worker.engines.errors import EngineUnavailable
from scribe_worker.engines.pyannote_audio.options import NAME

with warnings.catch_warnings():
    # torchcodec may be missing or broken: samples come from memory, so it does not matter.
    warnings.filterwarnings("ignore", message=r"\s*torchcodec is not installed correctly")
    from pyannote.audio import Pipeline
    from pyannote.audio.pipelines.speaker_diarization import SpeakerDiarization
    from pyannote.audio.telemetry import set_telemetry_metrics


def load_pipeline(folder: Path, device: Device, batch_size: int, threads: int) -> SpeakerDiarization:
    """The pipeline in ``folder``, which ``checkpoint.check`` has passed, in float32, ready to be called.

    EngineUnavailable where there is no such device.
    """
    if device == "cuda" and not torch.cuda.is_available():
        raise EngineUnavailable(engine=NAME, reason="There is no GPU that torch can use.")
    # The environment says so already; telemetry must stay off even where it does not.
    set_telemetry_metrics(enabled=False)
    torch.set_num_threads(threads)
    pipeline = Pipeline.from_pretrained(str(folder))
    if not isinstance(pipeline, SpeakerDiarization):
        raise EngineUnavailable(engine=NAME, reason=f"There is no pipeline in '{folder.name}'.")
    pipeline.segmentation_batch_size = batch_size
    pipeline.embedding_batch_size = batch_size
    pipeline.to(torch.device(device))
    return pipeline
