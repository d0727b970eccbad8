"""The settings as commands read them: .env is written where that is wanted, and every fault is a sentence."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scribe.settings import REPOSITORY, DataPlace, Settings, StackPlace, get_settings
from stack.cli import env_file
from stack.cli.errors import SettingsWrong

ENV_FILE = REPOSITORY / ".env"
ENV_EXAMPLE = REPOSITORY / ".env.example"
SECRET_BYTES = 48


def ensure_env() -> list[str]:
    """Write .env, or what it lacks, for the ports that are configured; returns the names that were written.

    Raises SettingsWrong.
    """
    with _faults_told():
        if not env_file.missing(ENV_FILE, ENV_EXAMPLE):
            return []
        stack = StackPlace().stack
    # Imported here because the servers' libraries take half a second that most commands need not wait.
    from stack.embedded import Ports, environment_for, new_credentials  # noqa: PLC0415

    ports = Ports(postgres=stack.postgres_port, redis=stack.redis_port, s3=stack.s3_port)
    values = {
        **environment_for(ports, new_credentials()),
        "SCRIBE_AUTH__SECRET": secrets.token_urlsafe(SECRET_BYTES),
    }
    return env_file.ensure(ENV_FILE, ENV_EXAMPLE, values)


def load_settings() -> Settings:
    """The settings, once .env is there. Raises SettingsWrong."""
    ensure_env()
    return read_settings()


def read_settings() -> Settings:
    """The settings as they are; nothing is written. Raises SettingsWrong, which names what is at fault."""
    with _faults_told():
        return get_settings()


def data_folder() -> Path:
    """Where the data lie, however wrong the other settings are. Raises SettingsWrong."""
    with _faults_told():
        return DataPlace().stack.volumes


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise SettingsWrong(faults="; ".join(map(_fault, error.errors()))) from error
    except (ValueError, OSError) as error:  # .env is no text, or another user's; a group is no JSON
        raise SettingsWrong(faults=error) from error


def _fault(fault: ErrorDetails) -> str:
    variable = "__".join(("SCRIBE", *map(str, fault["loc"]))).upper().replace("SCRIBE__", "SCRIBE_", 1)
    return f"{variable}: {fault['msg']}" if fault["loc"] else fault["msg"]
