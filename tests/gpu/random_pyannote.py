"""A pyannote pipeline of community-1's networks with random weights: memory does not need trained ones.

``python -m gpu.random_pyannote FOLDER``, in the folder of the tests; for a process of its own, as it imports
torch.
"""

import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
SEED = 1
WINDOW_S, EMBEDDED_S = 10.0, 5.0
DIMENSION, COMPARED = 256, 128
"""Of an embedding, and of the space in which VBx compares them."""

ALWAYS = 1_000.0
"""So much in favour of one speaker that every window has somebody to describe."""


def write_random_pyannote(folder: Path) -> None:
    """Write a pipeline that the engine loads; it hears one speaker all the time."""
    subprocess.run([sys.executable, "-m", "gpu.random_pyannote", str(folder)], cwd=TESTS, check=True)


def main(folder: Path) -> None:
    """PyanNet and WeSpeaker's ResNet34, of the sizes that were published with community-1."""
    import numpy as np
    import torch
    from pyannote.audio.core.task import Problem, Resolution, Specifications
    from pyannote.audio.models.embedding.wespeaker import WeSpeakerResNet34
    from pyannote.audio.models.segmentation.PyanNet import PyanNet

    from fixtures.training.pyannote.export import export
    from fixtures.training.pyannote.plda import Plda

    torch.manual_seed(SEED)
    segmentation = PyanNet(lstm={"num_layers": 4})
    segmentation.specifications = Specifications(
        problem=Problem.MONO_LABEL_CLASSIFICATION,
        resolution=Resolution.FRAME,
        duration=WINDOW_S,
        classes=["speaker#1", "speaker#2", "speaker#3"],
        powerset_max_classes=2,
        permutation_invariant=True,
    )
    segmentation.build()  # type: ignore[no-untyped-call]
    with torch.no_grad():
        segmentation.classifier.bias[1] = ALWAYS
    embedding = WeSpeakerResNet34()
    embedding.specifications = Specifications(
        problem=Problem.REPRESENTATION, resolution=Resolution.CHUNK, duration=EMBEDDED_S
    )
    plda = Plda(
        mean1=np.zeros(DIMENSION),
        lda=np.eye(DIMENSION, COMPARED),
        mean2=np.zeros(COMPARED),
        mu=np.zeros(COMPARED),
        tr=np.eye(COMPARED),
        psi=np.ones(COMPARED),
    )
    export(segmentation, embedding, plda, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
