"""The link with which whoever runs this instance makes its first administrator."""

import http.client
import json
from urllib.parse import urlencode

from scribe.first_run import first_run_code
from scribe.settings import Settings

SETUP = "/api/v1/setup"
ANSWER_S = 10.0


def is_needed(settings: Settings) -> bool:
    """Whether the running API says that there is no administrator; False where it does not answer."""
    from stack.embedded.addresses import reachable  # noqa: PLC0415 - too slow for commands that need it not
    from stack.embedded.loopback import LoopbackConnection  # noqa: PLC0415

    connection = LoopbackConnection(settings.api.port, ANSWER_S, reachable(settings.api.host))
    try:
        connection.request("GET", SETUP)
        return bool(json.loads(connection.getresponse().read())["needed"])
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return False
    finally:
        connection.close()


def link(settings: Settings, web_address: str) -> str:
    """Where the first administrator is made; the code in it is good for nothing once there is one."""
    return f"{web_address}/welcome?{urlencode({'code': first_run_code(settings.auth)})}"
