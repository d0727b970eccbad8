"""Nothing but the engines, for comparison: ``python bare_engines.py FLAC DIARISER_MODEL TRANSCRIBER_MODEL``.

Each runs in a process that ends before the next begins, as a careful script on a small GPU would do it.
"""

import multiprocessing
import sys
from pathlib import Path

from scribe.models import InstalledModel
from scribe_worker.engines.base import DiariseRequest, Machine, TranscribeRequest, Wish
from scribe_worker.engines.pyannote_audio.engine import PyannoteDiariser
from scribe_worker.engines.surroundings import usable_cores
from scribe_worker.engines.whisper.engine import FasterWhisperTranscriber


def diarise(audio: Path, model: Path) -> None:
    machine = Machine(threads=usable_cores())
    installed = InstalledModel(name=model.name, family="pyannote", path=model)
    engine = PyannoteDiariser()
    engine.load(engine.plan(installed, Wish(), machine), machine.threads)
    engine.diarise(DiariseRequest(audio=audio), lambda _: None)


def transcribe(audio: Path, model: Path) -> None:
    machine = Machine(threads=usable_cores())
    installed = InstalledModel(name=model.name, family="whisper", path=model)
    engine = FasterWhisperTranscriber()
    engine.load(engine.plan(installed, Wish(), machine), machine.threads)
    engine.transcribe(TranscribeRequest(audio=audio, language="en"), lambda _: None)


def main(audio: Path, diariser: Path, transcriber: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    for work, model in ((diarise, diariser), (transcribe, transcriber)):
        process = spawn.Process(target=work, args=(audio, model))
        process.start()
        process.join()
        if process.exitcode != 0:
            sys.exit(f"{work.__name__} ended with exit code {process.exitcode}")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
