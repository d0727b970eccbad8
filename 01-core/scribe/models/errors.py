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


class ModelNotPulled(ModelNotInstalled):
    """Nothing of it lies here, and it can be pulled."""

    message = "The model {name} is not installed: run `./manage.sh models pull {name}`."


class ModelBroken(ModelError):
    """It was installed, and is not whole any more."""

    code = "MODEL_BROKEN"
    message = "The model {name} cannot be used. {reason}"


class ModelExists(ModelError):
    """The name is taken."""

    code = "MODEL_EXISTS"
    message = (
        "Another model {name} is installed already. Remove it first (`./manage.sh models remove {name}`), "
        "or add yours under another name: `./manage.sh models add FOLDER --name NAME`."
    )


class ModelNameInvalid(ModelError):
    """The name could not be a folder's on every system."""

    code = "MODEL_NAME_INVALID"
    message = (
        "{name} is no name for a model: it takes letters, digits, `.`, `_` and `-`, at most 100 of them, "
        "the first a letter or a digit. Give one: `./manage.sh models add FOLDER --name NAME`."
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


class LinkUnusable(ModelError):
    """A symbolic link in the folder does not point to a file."""

    code = "MODEL_LINK_UNUSABLE"
    message = (
        "{path} is a link to a folder or to nothing, and only links to files are followed. "
        "Copy the folder with its links followed (`cp -rL FOLDER COPY`) and add the copy."
    )


class FolderOverlapsStore(ModelError):
    """The folder to add and the folder of the installed models lie in one another."""

    code = "MODEL_FOLDER_OVERLAPS_STORE"
    message = (
        "{folder} cannot be added: it and {store}, where installed models lie, are one in the other. "
        "Copy the model to a folder elsewhere and add the copy."
    )


class CopyDiffers(ModelError):
    """The copy in the store is not the model that was recognised."""

    code = "MODEL_COPY_DIFFERS"
    permanent = False
    message = "The copy of {folder} is not what the folder held; nothing was added. Add it again."


class HubAddressWrong(ModelError):
    """The hub's address is none."""

    code = "MODEL_HUB_ADDRESS"
    message = (
        "{address} is no address of a model hub: it begins with http:// or https:// and names a server. "
        "Correct SCRIBE_MODELS__HUB (or HF_ENDPOINT)."
    )


class TokenInvalid(ModelError):
    """The access token cannot be sent; it is not shown, broken or not."""

    code = "MODEL_TOKEN_INVALID"
    message = (
        "The access token for the model hub holds blanks or characters that no token has. "
        "Copy it again from the hub to .env as SCRIBE_MODELS__TOKEN."
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


class NotThePinnedFile(ModelError):
    """The hub, or something before it, answers with another file."""

    code = "MODEL_FILE_NOT_PINNED"
    permanent = False
    message = (
        "What is answered for {path} of {name} has not the size of the file that is pinned, and was refused. "
        "Check SCRIBE_MODELS__HUB, and whether this network asks to sign in; then pull again."
    )


class PullRunning(ModelError):
    """Another process changes the same model."""

    code = "MODEL_PULL_RUNNING"
    permanent = False
    message = "Another process pulls, adds, checks or removes {name}. Wait until it is done."
