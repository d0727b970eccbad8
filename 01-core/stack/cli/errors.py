"""What a command says when it cannot do what it was asked."""

from scribe.errors import ScribeError


class CommandFailed(ScribeError):
    """A command that this one depends on ended badly."""

    code = "COMMAND_FAILED"
    message = "{what} did not work (exit code {returncode}). {output}"


class ModuleRefused(ScribeError):
    """A module of the product, run as a command, said no."""

    code = "REFUSED"
    message = "{sentence} [{module_code}]"


class ServerSilent(ScribeError):
    """The API does not answer."""

    status = 503
    code = "API_UNREACHABLE"
    message = (
        "The API at {address} does not answer ({reason}). "
        "`./manage.sh ps` shows its state, `./manage.sh logs api` what it says."
    )


class RequestRefused(ScribeError):
    """The API answered with an error of its own."""

    code = "API_ERROR"
    message = "{sentence} [{api_code}]"


class RequestFailed(RequestRefused):
    """The API could not answer for now: the same request may work in a moment."""


class MeetingFailed(ScribeError):
    """The recording was taken in but could not be transcribed."""

    code = "MEETING_FAILED"
    message = "{name}: {sentence} [{api_code}]"


class UnreadableFile(ScribeError):
    """A file given on the command line cannot be read."""

    code = "FILE_UNREADABLE"
    message = "{path} cannot be read ({reason}). Check the name."


class OutputUnclear(ScribeError):
    """Several results, one place to put them."""

    code = "OUTPUT_NOT_A_FOLDER"
    message = "{path} is not a folder, and {count} transcripts cannot go into one file. Name a folder."


class OutputUnwritable(ScribeError):
    """The transcript cannot be written where it should go."""

    code = "OUTPUT_UNWRITABLE"
    message = "{path} cannot be written ({reason}). Name another place with --output."


class ModelTwice(ScribeError):
    """Two models for one engine."""

    code = "MODEL_TWICE"
    message = "{first} and {second} are models of the same kind. Name one of them."


class UnknownBench(ScribeError):
    """There is no such benchmark."""

    code = "UNKNOWN_BENCH"
    message = "There is no benchmark {name}. There are: {known}."


class NoLog(ScribeError):
    """A service that has not logged anything."""

    code = "NO_LOG"
    message = "{service} has no log. Services: {known}. A service logs after its first start."


class NotRunning(ScribeError):
    """A command needs servers that do not answer."""

    status = 503
    code = "NOT_RUNNING"
    message = "This needs {services}, and there is no answer: run `./manage.sh up` first."


class SettingsWrong(ScribeError):
    """The settings do not hold."""

    code = "SETTINGS_WRONG"
    message = "The settings do not hold: {faults}. Correct .env (or the environment) and try again."
