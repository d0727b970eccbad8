"""What the environment may say, for scripts and continuous integration; the only place that reads it."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

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


def proxy_to(server: str) -> str | None:
    """Through which proxy the server is reached, by HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY."""
    address, proxies = urlsplit(server), getproxies()
    if proxy_bypass(address.netloc):
        return None
    return proxies.get(address.scheme) or proxies.get("all")
