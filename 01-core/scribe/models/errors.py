"""Why a model cannot be had, and what to do about it."""

from scribe.errors import ScribeError


class ModelError(ScribeError):
    """Something is wrong with a model, not with a recording."""

    permanent = True


class UnknownModel(ModelError):
    """The catalogue does not list it."""

    code = "MODEL_UNKNOWN"
    message = (
        "There is no model {name} to pull. There are: {known}. "
        "A model of your own is added with `./manage.sh models add FOLDER`."
    )


class ModelNotInstalled(ModelError):
    """Nothing of it lies here."""

    code = "MODEL_NOT_INSTALLED"
    message = "No model {name} is installed. `./manage.sh models list` shows which are."


class ModelExists(ModelError):
    """The name is taken."""

    code = "MODEL_EXISTS"
    message = (
        "A model {name} is installed already. Choose another name with --name, "
        "or remove it first: `./manage.sh models remove {name}`."
    )


class ModelNameInvalid(ModelError):
    """The name could not be a folder's on every system."""

    code = "MODEL_NAME_INVALID"
    message = (
        "{name} is no name for a model: it takes letters, digits, `.`, `_` and `-`, at most 100 of them, "
        "the first a letter or a digit. Give one with --name."
    )


class NotAModel(ModelError):
    """The folder holds nothing that an engine could load."""

    code = "MODEL_NOT_RECOGNISED"
    message = (
        "{folder} is no model: {reason}. A Whisper model for CTranslate2 has model.bin, config.json and "
        "tokenizer.json; a pyannote pipeline has a config.yaml that names a pipeline."
    )


class LinkLeadsOut(ModelError):
    """A symbolic link in the folder points to somewhere else."""

    code = "MODEL_LINK_LEADS_OUT"
    message = (
        "{path} is a link that leads out of the folder. Copy the folder with its links followed "
        "(`cp -rL FOLDER COPY`) and add the copy."
    )


class ModelGated(ModelError):
    """The hub gives it only to people who accepted its conditions."""

    code = "MODEL_GATED"
    message = (
        "{repo} is given only to people who accepted its conditions. Sign in on {page} and accept them, "
        "make an access token there that may read, write it to .env as SCRIBE_MODELS__TOKEN, and pull again."
    )


class HubRefused(ModelError):
    """The hub answered, but not with the file."""

    code = "MODEL_HUB_REFUSED"
    message = (
        "The model hub does not give out {path} of {repo} (HTTP {http_status}). "
        "Check SCRIBE_MODELS__HUB and SCRIBE_MODELS__TOKEN, or try again later."
    )


class HubUnreachable(ModelError):
    """No connection, or one that keeps breaking."""

    code = "MODEL_HUB_UNREACHABLE"
    permanent = False
    message = (
        "The model hub at {hub} cannot be reached ({reason}). What has arrived is kept: pull again to go on. "
        "Without a network, pull on another machine and bring the folder: `./manage.sh models add FOLDER`."
    )


class DiskFull(ModelError):
    """There is no room."""

    code = "MODEL_DISK_FULL"
    message = (
        "{name} needs {needed_mib} MiB and {folder} has {free_mib} MiB free. "
        "Free some space, or set SCRIBE_MODELS__FOLDER to a folder elsewhere."
    )


class ChecksumWrong(ModelError):
    """What arrived is not what is pinned."""

    code = "MODEL_CHECKSUM"
    permanent = False
    message = (
        "{path} of {name} did not arrive as it should be (its checksum is another); it was removed. "
        "Pull again; if that does not help, something between the hub and this machine changes files."
    )


class PullRunning(ModelError):
    """Another process writes the same file."""

    code = "MODEL_PULL_RUNNING"
    permanent = False
    message = "Another process is pulling {path}. Wait until it is done."
