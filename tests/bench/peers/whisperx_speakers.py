"""The speakers that WhisperX gives to words, for comparison: ``python whisperx_speakers.py IN.npz
OUT.npz``.

IN holds ``words`` [n, 2], ``turns`` [m, 2] and ``speakers`` [m]; OUT gets the ``speakers`` of the words [n]
and the ``seconds`` that finding them took. WhisperX's function works on dictionaries and a table, which are
built before the clock starts. Its import path is the throw-away folder that the benchmark installs it into.
"""

import sys
import time

import numpy as np
import pandas as pd
from whisperx.diarize import assign_word_speakers  # type: ignore[import-not-found]


def main(source: str, target: str) -> None:
    given = np.load(source)
    words = [{"start": start, "end": end, "word": "so"} for start, end in given["words"].tolist()]
    turns = pd.DataFrame(
        {"start": given["turns"][:, 0], "end": given["turns"][:, 1], "speaker": given["speakers"].astype(str)}
    )
    transcript = {"segments": [{"start": words[0]["start"], "end": words[-1]["end"], "words": words}]}
    began = time.perf_counter()
    assign_word_speakers(turns, transcript, fill_nearest=True)
    seconds = time.perf_counter() - began
    np.savez(target, speakers=np.array([int(word["speaker"]) for word in words]), seconds=seconds)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
