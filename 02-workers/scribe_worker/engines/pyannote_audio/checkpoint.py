"""Whether a model's folder can be loaded: it must be whole, and must not refer to anything outside.

What a pipeline lacks, pyannote.audio would fetch from the hub (``plda`` even where nothing uses it). What it
names, pyannote.audio imports, and its checkpoints are pickles, read with ``weights_only=False``: both can run
code, so a folder is loaded only if it holds the one pipeline that is known, and should come from a source
that is trusted.
"""

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, Field, ValidationError

from scribe_worker.engines.errors import EngineUnavailable
from scribe_worker.engines.pyannote_audio.options import NAME

_CONFIG = "config.yaml"
_MODEL = "$model/"
_WEIGHTS = "pytorch_model.bin"

Part = Annotated[str, Field(pattern=r"^\$model/[\w-]+(/[\w-]+)*$")]
"""A folder inside the model's folder."""


class _Parts(BaseModel):
    segmentation: Part
    embedding: Part
    plda: Part
    clustering: Literal["VBxClustering", "AgglomerativeClustering"]


class _Pipeline(BaseModel):
    name: Literal["pyannote.audio.pipelines.SpeakerDiarization"]
    params: _Parts


class _Config(BaseModel):
    pipeline: _Pipeline
    preprocessors: None = None
    """Would name any class."""


def check(folder: Path) -> None:
    """Raise EngineUnavailable unless ``folder`` holds a pipeline and every part of it."""
    try:
        config = _Config.model_validate(yaml.safe_load((folder / _CONFIG).read_bytes()))
    except ValidationError as error:
        places = (".".join(map(str, problem["loc"])) + ": " + problem["msg"] for problem in error.errors())
        raise _unusable(folder, "; ".join(places)) from error
    except (OSError, yaml.YAMLError) as error:
        raise _unusable(folder, str(error)) from error
    parts = config.pipeline.params
    files = {
        parts.segmentation: (_WEIGHTS,),
        parts.embedding: (_WEIGHTS,),
        parts.plda: ("plda.npz", "xvec_transform.npz"),
    }
    for part, names in files.items():
        for name in names:
            path = Path(part.removeprefix(_MODEL)) / name
            if not (folder / path).is_file():
                raise _unusable(folder, f"{path} is missing")


def _unusable(folder: Path, why: str) -> EngineUnavailable:
    return EngineUnavailable(engine=NAME, reason=f"The model in '{folder.name}' cannot be used: {why}.")
