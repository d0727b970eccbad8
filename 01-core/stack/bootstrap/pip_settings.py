"""Let uv use the package index that pip is configured for: uv does not read pip's configuration."""

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

# A later section wins, as in pip: the environment over [install] over [global].
SECTIONS = ("global", "install", ":env:")


def parse(listing: str) -> dict[str, str]:
    """The options in the output of ``pip config list`` that hold for ``pip install``."""
    found: dict[str, dict[str, str]] = {section: {} for section in SECTIONS}
    for line in listing.splitlines():
        key, separator, quoted = line.partition("=")
        section, _, option = key.rpartition(".")
        if not separator or section not in found:
            continue
        try:
            value = ast.literal_eval(quoted)
        except (SyntaxError, ValueError):
            continue
        if isinstance(value, str):
            found[section][option] = value
    return {option: value for section in SECTIONS for option, value in found[section].items()}


def as_uv_environment(pip: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that make uv look where pip looks; what ``environment`` already sets stays as it is."""
    extra = [url for url in pip.get("extra-index-url", "").split() if _is_index(url)]
    timeout = pip.get("timeout") or pip.get("default-timeout") or ""
    wanted = {
        "UV_DEFAULT_INDEX": next(filter(_is_index, pip.get("index-url", "").split()), ""),
        "UV_INDEX": " ".join(extra),
        # pip takes the best version of all its indexes, uv that of the first index that has the name.
        "UV_INDEX_STRATEGY": "unsafe-best-match" if extra else "",
        "UV_FIND_LINKS": ",".join(filter(_is_reachable, pip.get("find-links", "").split())),
        "UV_INSECURE_HOST": " ".join(pip.get("trusted-host", "").split()),
        "UV_NO_INDEX": "1" if pip.get("no-index", "").lower() in {"1", "true", "yes", "on"} else "",
        "UV_HTTP_TIMEOUT": timeout.partition(".")[0],
        "SSL_CERT_FILE": pip.get("cert", ""),
        "SSL_CLIENT_CERT": pip.get("client-cert", ""),
        "ALL_PROXY": pip.get("proxy", ""),
    }
    return {name: value for name, value in wanted.items() if value and not environment.get(name)}


def _local_path(location: str) -> Path | None:
    parts = urlsplit(location)
    if parts.scheme == "file":
        return Path(url2pathname(parts.path))
    return None if parts.scheme else Path(location)


def _is_reachable(location: str) -> bool:
    path = _local_path(location)
    return path is None or path.exists()


def _is_index(location: str) -> bool:
    """Whether a local folder has the shape of an index: a folder a project, with its page inside."""
    path = _local_path(location)
    if path is None:
        return True
    return path.is_dir() and any(_has_page(entry) for entry in _folders(path))


def _folders(path: Path) -> Iterable[Path]:
    return (entry for entry in path.iterdir() if entry.is_dir())


def _has_page(project: Path) -> bool:
    return (project / "index.html").is_file()
