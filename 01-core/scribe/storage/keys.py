"""The object layout: where everything about a meeting lies in the bucket."""

import re
import unicodedata
import uuid

MEETINGS = "meetings/"
UPLOADS = "uploads/"
FILENAME_BYTES = 200
"""Well below the 1024 bytes that S3 allows a key, prefix included."""
OF_MEETING = re.compile(MEETINGS + r"(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
UNNAMED = "recording"
EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
# Control characters, formatting marks (which can turn a name around), surrogates and separators of lines.
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def meeting(meeting_id: uuid.UUID) -> str:
    """The prefix of all objects of the meeting."""
    return f"{MEETINGS}{meeting_id}/"


def source(meeting_id: uuid.UUID, filename: str) -> str:
    """The recording as uploaded, under a safe form of its name."""
    return f"{meeting(meeting_id)}source/{safe_filename(filename)}"


def audio(meeting_id: uuid.UUID) -> str:
    """What the engines hear: 16 kHz mono."""
    return f"{meeting(meeting_id)}audio.flac"


def channels(meeting_id: uuid.UUID) -> str:
    """The same with a channel for every one of the recording, where a diariser asked for it."""
    return f"{meeting(meeting_id)}channels.flac"


def split(meeting_id: uuid.UUID) -> str:
    """Says that ``channels.flac`` is whole."""
    return f"{meeting(meeting_id)}channels.json"


def playback(meeting_id: uuid.UUID) -> str:
    """What the browser plays."""
    return f"{meeting(meeting_id)}playback.m4a"


def peaks(meeting_id: uuid.UUID) -> str:
    """What the waveform draws."""
    return f"{meeting(meeting_id)}peaks.json"


def media(meeting_id: uuid.UUID) -> str:
    """What the conversion found out about the recording."""
    return f"{meeting(meeting_id)}media.json"


def diarization(meeting_id: uuid.UUID, asked: str) -> str:
    """The diariser's checkpoint: turns, exclusive turns, one embedding a speaker.

    asked: a fingerprint of what was asked for, so that another wish is another object.
    """
    return f"{meeting(meeting_id)}diarization/{asked}.json"


def transcription(meeting_id: uuid.UUID, asked: str) -> str:
    """The transcriber's checkpoint: words without speakers; ``asked`` as for ``diarization``."""
    return f"{meeting(meeting_id)}transcription/{asked}.json"


def transcript(meeting_id: uuid.UUID, revision: int, suffix: str | None = None) -> str:
    """One revision of the Transcript document; 1 is the machine's.

    suffix: tells apart those that are written at the same time under the same number; the revision's row
        has the one that won (``scribe.revisions``)
    """
    name = f"{revision}-{suffix}" if suffix else str(revision)
    return f"{meeting(meeting_id)}transcripts/{name}.json"


def upload(upload_id: uuid.UUID) -> str:
    """The prefix of what a resumable upload keeps beside its recording."""
    return f"{UPLOADS}{upload_id}/"


def tail(upload_id: uuid.UUID, received: int) -> str:
    """The bytes up to ``received`` that fill no part yet; never the same key twice."""
    return f"{upload(upload_id)}tail-{received}-{uuid.uuid4().hex}"


def piece(upload_id: uuid.UUID) -> str:
    """A piece of a recording that is put together later."""
    return f"{upload(upload_id)}piece"


def safe_filename(filename: str) -> str:
    """The last component of a name as any client may send it, as one harmless component of a key.

    Letters of every script stay, in normal form C. What is invisible, separates folders or is special
    to a URL, a shell or a header becomes ``_``; the result has 1 to FILENAME_BYTES bytes of UTF-8, does
    not begin with a dot, and keeps a short extension when it has to be shortened.
    """
    last = filename.replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = "".join(_harmless(character) for character in unicodedata.normalize("NFC", last))
    name = re.sub(r"\s+", " ", name).strip(" .")
    if not name.strip("_"):
        return UNNAMED
    found = EXTENSION.search(name)
    extension = found.group() if found else ""
    stem = name.removesuffix(extension).encode()[: FILENAME_BYTES - len(extension)]
    return (stem.decode(errors="ignore").rstrip(" .") or UNNAMED) + extension


def _harmless(character: str) -> str:
    if unicodedata.category(character) in INVISIBLE or character in "<>:\"|?*#%&{}$!`'^~;":
        return "_"
    return character
