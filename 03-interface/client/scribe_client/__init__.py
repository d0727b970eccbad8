"""The public API of Smart Meeting Scribe for Python programs, and what the command ``scribe`` is built on."""

from scribe_client.answers import (
    Account,
    Hit,
    Meeting,
    MeetingPage,
    MeetingState,
    Notice,
    Passage,
    Project,
    SearchPage,
    Segment,
    Snippet,
    Speaker,
    Transcript,
    Word,
)
from scribe_client.client import Client
from scribe_client.errors import (
    AnswerUnclear,
    ClientError,
    NotSignedIn,
    RecordingChanged,
    Refused,
    ServerAway,
    ServerFailed,
    UploadBusy,
)
from scribe_client.uploading.upload import Uploaded

__all__ = [
    "Account",
    "AnswerUnclear",
    "Client",
    "ClientError",
    "Hit",
    "Meeting",
    "MeetingPage",
    "MeetingState",
    "NotSignedIn",
    "Notice",
    "Passage",
    "Project",
    "RecordingChanged",
    "Refused",
    "SearchPage",
    "Segment",
    "ServerAway",
    "ServerFailed",
    "Snippet",
    "Speaker",
    "Transcript",
    "UploadBusy",
    "Uploaded",
    "Word",
]
