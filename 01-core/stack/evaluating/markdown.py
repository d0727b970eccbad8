"""docs/accuracy.md: how it was measured, what came out, and what was not measured."""

from collections.abc import Iterable, Sequence

from scribe.evaluation import cpwer, der
from scribe.evaluation.normalisation import BASIC, ENGLISH
from scribe.evaluation.reference import PAUSE_S
from scribe.transcript.document import EngineUsed
from stack.evaluating.columns import MEASURED, POOLED, measured_row, pooled_rows
from stack.evaluating.manifest import NotMeasured
from stack.evaluating.results import Circumstances, Evaluation

HEADER = """\
# Accuracy

This page is written by `./manage.sh eval`, not by hand; `./manage.sh eval --help` explains the command.
Rates are errors over what there is to get right: 0 % is perfect, above 100 % is possible.
"""

OWN_RECORDINGS = """\
## Recordings of your own

`./manage.sh eval MANIFEST` takes a JSON file; the files that it names lie beside it:

```json
{
  "engines": ["faster-whisper:large-v3+pyannote:community-1", "pocketsphinx+ge2e"],
  "files": [
    {
      "name": "monday",
      "audio": "monday.wav",
      "language": "en",
      "stm": "monday.stm",
      "rttm": "monday.rttm",
      "limits": {"*": {"wer": 0.2, "cpwer": 0.3, "der": 0.25}}
    }
  ]
}
```

The words come from one of `stm` (with speakers and times, for cpWER and tcpWER), `text_file`, `text` (the
words themselves) and `reference` (JSON like tests/data/sample.json); the first three need their `language`.
Who speaks when comes from `rttm`, else from the words. `limits` are by pair of `engines`, or `*` for all.
`models` lists folders of models to add first, `also` recordings that lie in the folder given with `--also`;
where that is missing they are listed as not measured, as is what `not_measured` names. A `note` is printed
above the figures of its recording.

Lines of an STM file without words and those of the speakers inter_segment_gap and excluded_region are passed
over, so that words heard there count as inserted; alternatives in braces are refused. The meetings that come
about are deleted, unless `--keep` is given.
"""


def page(evaluation: Evaluation) -> str:
    """The whole page."""
    parts = [
        HEADER,
        _circumstances(evaluation.circumstances),
        "## Engines side by side, over all recordings\n",
        _table(POOLED, pooled_rows(evaluation.pooled)),
        *_recordings(evaluation),
        "## Engines as they ran\n",
        _engines(evaluation),
        "## Not measured\n",
        _not_measured(evaluation.not_measured),
        method(),
    ]
    return "\n".join(parts)


def method() -> str:
    """How figures come about: the same on every page."""
    return f"""\
## How it is measured

Every recording goes through the API of the running product, one after the other, and what is measured is
the transcript that a user gets, not an engine's own output.

- **WER**: substituted, deleted and inserted words over the words of the reference (jiwer), after both texts
  were normalised by the rules below. *WER (basic)* is the same under the basic rules, whatever the language.
- **cpWER**: the same per speaker, under the matching of speakers that gives the lowest rate (meeteval); a
  word under the wrong speaker counts twice. **tcpWER** also asks for the time: words match only within
  {cpwer.COLLAR_S:g} s.
- **DER**: seconds missed, falsely detected or given to the wrong speaker over the seconds of speech
  (pyannote.metrics). The {der.COLLAR_S:g} s around each boundary of the reference, half before and half
  after, are not scored. Overlapping speech is scored; *no overlap* leaves out where the reference has several
  speakers at once. A transcript's turns are the words that one speaker says in a row, with pauses under
  {PAUSE_S:g} s.
- **speakers**: found, and how many there are.
- **real time**: seconds that all stages took over the seconds of the recording, without waiting for a model
  and without loading it. **swaps**: models that had to be loaded. **MiB, VRAM MiB**: the most memory that an
  engine's process took.
- Pooled figures are all errors over all words or seconds, not averages of rates, of the recordings that every
  pair transcribed (pairs that failed on all of them aside); how many are behind a rate stands in brackets.
  **failures**: recordings without a figure.

The normalisation for English follows the idea of Whisper's, but the rules are this project's own: figures do
not compare with published ones, only with each other.

{_numbered(ENGLISH.rules)}

The basic one, for every other language:

{_numbered(BASIC.rules)}

{OWN_RECORDINGS}"""


def _circumstances(told: Circumstances) -> str:
    return _table(
        ("", ""),
        [
            ("command", f"`{told.command}`"),
            ("date", f"{told.measured_at:%Y-%m-%d %H:%M} UTC"),
            ("commit", told.commit),
            ("machine", told.machine),
            ("measured by", told.tools),
        ],
    )


def _recordings(evaluation: Evaluation) -> Iterable[str]:
    for name in dict.fromkeys(part.recording for part in evaluation.measured):
        yield f"## {name}\n"
        if name in evaluation.notes:
            yield f"{evaluation.notes[name]}\n"
        rows = [measured_row(part) for part in evaluation.measured if part.recording == name]
        yield _table(MEASURED, rows)


def _engines(evaluation: Evaluation) -> str:
    ran = {
        (kind, used.name, used.model, used.device, used.compute_type)
        for part in evaluation.measured
        if part.engines
        for kind, used in _by_kind(part.engines.transcriber, part.engines.diariser)
    }
    return _table(("", "engine", "model", "device", "precision"), sorted(ran, reverse=True))


def _by_kind(transcriber: EngineUsed, diariser: EngineUsed) -> tuple[tuple[str, EngineUsed], ...]:
    return ("words", transcriber), ("voices", diariser)


def _not_measured(parts: Sequence[NotMeasured]) -> str:
    return "".join(f"- **{part.what}**: {part.why}.\n" for part in parts) or "Nothing was left out.\n"


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _numbered(rules: Sequence[str]) -> str:
    return "\n".join(f"{number}. {rule}" for number, rule in enumerate(rules, start=1))
