"""What can go wrong between a worker and an engine, each with its own code."""

from scribe.errors import ScribeError


class EngineUnavailable(ScribeError):
    """The engine is unknown or cannot run on this machine. Detail: ``engine``, ``reason``."""

    status = 422
    code = "ENGINE_UNAVAILABLE"
    message = "The engine '{engine}' cannot run here: {reason} Choose another engine, or 'auto'."
    permanent = True


class ModelNotInstalled(ScribeError):
    """The engine has no such model on this machine. Detail: ``engine``, ``model``, ``known``."""

    status = 422
    code = "MODEL_NOT_INSTALLED"
    message = (
        "The model '{model}' is not installed for the engine '{engine}' (installed: {known}). Run "
        "`./manage.sh models pull {model}`, or choose another one."
    )
    permanent = True


class EngineCrashed(ScribeError):
    """The engine's process ended by itself. Detail: ``engine``, ``cause``, ``stderr``."""

    code = "ENGINE_CRASHED"
    message = "The engine '{engine}' ended unexpectedly ({cause}). The job can be tried again."


class EngineTimeout(ScribeError):
    """The engine took too long. Detail: ``engine``, ``cause``, ``seconds``, ``stderr``."""

    code = "ENGINE_TIMEOUT"
    message = "The engine '{engine}' was ended after {seconds:g} s: {cause}. The job can be tried again."


class EngineOutOfMemory(ScribeError):
    """There is too little memory, or too low a limit. Detail: ``engine``, ``cause``, ``stderr``."""

    code = "ENGINE_OUT_OF_MEMORY"
    message = (
        "The engine '{engine}' ran out of memory ({cause}). Free memory, raise "
        "SCRIBE_ENGINES__MEMORY_MIB where it is set, or choose a smaller engine."
    )


class EngineFailed(ScribeError):
    """The engine reported an error. Detail: ``engine``, ``reason``, ``stderr``."""

    code = "ENGINE_FAILED"
    message = "The engine '{engine}' failed: {reason}"


class EngineBroken(Exception):
    """Raised by an engine that cannot go on: its process is ended and the caller gets ``EngineCrashed``."""
