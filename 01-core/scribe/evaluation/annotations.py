"""Reading what others annotate with: RTTM (who speaks when) and STM (who says what when).

RTTM is NIST's, one turn a line: ``SPEAKER recording channel start duration <NA> <NA> speaker <NA> <NA>``.
STM is sclite's, one utterance a line: ``recording channel speaker start end [<labels>] words``; lines without
words and those of sclite's reserved speakers are passed over, so that words heard there count as inserted.
Both may hold several recordings and comments after ``;;``.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from scribe.evaluation.errors import RecordingNotInReference, ReferenceUnreadable
from scribe.evaluation.reference import SpeakerTurn, Utterance

Read = TypeVar("Read", bound=SpeakerTurn)

_RTTM_FIELDS = 8
_STM_FIELDS = 5
_NOT_SCORED = "ignore_time_segment_in_scoring"
_NOBODY = frozenset({"inter_segment_gap", "excluded_region"})


def read_rttm(path: Path, recording: str) -> tuple[SpeakerTurn, ...]:
    """The turns of a recording, in order of their start; other lines than SPEAKER are passed over.

    recording: its name in the file; any name will do where the file is about one recording only
    Raises ReferenceUnreadable with the line, RecordingNotInReference.
    """
    return _of_recording(path, recording, _turn)


def read_stm(path: Path, recording: str) -> tuple[Utterance, ...]:
    """The utterances of a recording, in order of their start. Arguments and errors as in ``read_rttm``."""
    return _of_recording(path, recording, _utterance)


def _turn(line: str) -> tuple[str, SpeakerTurn] | None:
    fields = line.split()
    if fields[0] != "SPEAKER":
        return None
    if len(fields) < _RTTM_FIELDS:
        raise ValueError(f"has {len(fields)} fields where RTTM has at least {_RTTM_FIELDS}")
    start, duration = float(fields[3]), float(fields[4])
    return fields[1], SpeakerTurn(start=start, end=start + duration, speaker=fields[7])


def _utterance(line: str) -> tuple[str, Utterance] | None:
    fields = line.split(maxsplit=_STM_FIELDS)
    if len(fields) < _STM_FIELDS:
        raise ValueError(f"has {len(fields)} fields where STM has at least {_STM_FIELDS}")
    name, _, speaker, start, end, *rest = fields
    text = rest[0] if rest else ""
    if text.startswith("<") and ">" in text:
        text = text.partition(">")[2]
    if not text.strip() or speaker.lower() in _NOBODY:
        return None
    if "{" in text:
        raise ValueError(
            "offers alternatives in braces, which are not supported: leave the words that were said"
        )
    if _NOT_SCORED in text.lower():
        raise ValueError("asks to leave out a stretch of the recording, which is not supported")
    return name, Utterance(start=float(start), end=float(end), speaker=speaker, text=text.strip())


def _of_recording(
    path: Path, recording: str, parse: Callable[[str], tuple[str, Read] | None]
) -> tuple[Read, ...]:
    read = list(_parsed(path, parse))
    names = sorted({name for name, _ in read})
    if not names:
        raise ReferenceUnreadable(path=path, where="", reason="holds no line that says who speaks")
    if recording not in names and len(names) > 1:
        raise RecordingNotInReference(path=path, found=", ".join(names), name=recording)
    wanted = recording if recording in names else names[0]
    return tuple(sorted((span for name, span in read if name == wanted), key=lambda span: span.start))


def _parsed(path: Path, parse: Callable[[str], tuple[str, Read] | None]) -> Iterator[tuple[str, Read]]:
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        content = line.partition(";;")[0].strip()
        if not content:
            continue
        try:
            parsed = parse(content)
        except ValidationError as error:
            reason = error.errors()[0]["msg"]
            raise ReferenceUnreadable(path=path, where=f", line {number}", reason=reason) from error
        except ValueError as error:
            raise ReferenceUnreadable(path=path, where=f", line {number}", reason=error) from error
        if parsed:
            yield parsed


def read_text(path: Path) -> str:
    """The text of a file in UTF-8. Raises ReferenceUnreadable."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ReferenceUnreadable(path=path, where="", reason=error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise ReferenceUnreadable(path=path, where="", reason="is not text in UTF-8") from error
