"""What is wrong with a file that says what was really said."""

from pydantic import ValidationError

from scribe.errors import ScribeError


class ReferenceUnreadable(ScribeError):
    """A reference does not hold what it should."""

    code = "REFERENCE_UNREADABLE"
    message = "{path}{where}: {reason}."
    permanent = True


class RecordingNotInReference(ScribeError):
    """A reference of several recordings that does not name this one."""

    code = "RECORDING_NOT_IN_REFERENCE"
    message = "{path} is about {found}, not about {name}. Give the recording the same name."
    permanent = True


def fault(error: ValidationError) -> str:
    """The first fault of a file, and where it is."""
    first = error.errors()[0]
    return " ".join((*(f"{place}:" for place in first["loc"]), first["msg"]))
