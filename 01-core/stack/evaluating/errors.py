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


class NothingToMeasure(ScribeError):
    """None of the recordings of the manifest is here."""

    code = "NOTHING_TO_MEASURE"
    message = "None of the recordings that {path} lists is here. Give the folder they lie in with --also."


class PageUnwritable(ScribeError):
    """The result cannot be written as Markdown."""

    code = "PAGE_UNWRITABLE"
    message = "{path} cannot be written ({reason}). Name another place with --markdown."


class RecordingMissing(ScribeError):
    """A recording of the manifest is not there."""

    code = "RECORDING_MISSING"
    message = "There is no file {path}."
