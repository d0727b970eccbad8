"""What the environment may say, for scripts and continuous integration; the only place that reads it."""

from pathlib import Path

import platformdirs
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

NAME = "scribe"


class ClientSettings(BaseSettings):
    """``SCRIBE_SERVER`` and ``SCRIBE_API_KEY``; they go before what ``scribe login`` wrote down."""

    model_config = SettingsConfigDict(env_prefix="SCRIBE_", extra="ignore")

    server: str | None = None
    api_key: SecretStr | None = None


def credentials_file() -> Path:
    """Where ``scribe login`` keeps the session: ``~/.config/scribe`` on Linux, or as XDG_CONFIG_HOME says."""
    return platformdirs.user_config_path(NAME, appauthor=False) / "credentials.json"


def state_folder() -> Path:
    """Where unfinished uploads and watched folders are written down: ``~/.local/state/scribe`` on Linux."""
    return platformdirs.user_state_path(NAME, appauthor=False)
