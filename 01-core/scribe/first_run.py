"""The code with which whoever runs this instance makes its first administrator.

It follows from the instance's secret, so it is stored nowhere, every process knows it, and it is good for
nothing once there is an administrator.
"""

import base64
import hashlib
import hmac

from scribe.settings import AuthSettings

_LABEL = b"scribe: the first administrator"
_BYTES = 15
_GROUP = 4


def first_run_code(settings: AuthSettings) -> str:
    """24 letters and digits (120 bits) in groups of four, which people can read out and type."""
    digest = hmac.digest(settings.secret.get_secret_value().encode(), _LABEL, hashlib.sha256)
    code = base64.b32encode(digest[:_BYTES]).decode().lower()
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def is_first_run_code(settings: AuthSettings, offered: str) -> bool:
    """Whether it is the code, in capitals or not, with its hyphens or without; takes the same time always."""
    return hmac.compare_digest(_bare(first_run_code(settings)), _bare(offered))


def _bare(code: str) -> bytes:
    return "".join(char for char in code.lower() if char.isalnum()).encode()
