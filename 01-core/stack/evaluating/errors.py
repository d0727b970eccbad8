"""What `eval` says when it cannot measure at all."""

from scribe.errors import ScribeError


class ManifestUnreadable(ScribeError):
    """The list of recordings does not hold."""

    code = "MANIFEST_UNREADABLE"
    message = "{path}: {reason}."


class EnginesUnclear(ScribeError):
    """A pair of engines that nobody can read."""

    code = "ENGINES_UNCLEAR"
    message = (
        "{text} names no pair of engines: write TRANSCRIBER[:MODEL]+DIARISER[:MODEL], "
        "such as pocketsphinx+ge2e or faster-whisper:large-v3+pyannote:community-1."
    )


class RecordingMissing(ScribeError):
    """A recording of the manifest is not there."""

    code = "RECORDING_MISSING"
    message = "There is no file {path}."
