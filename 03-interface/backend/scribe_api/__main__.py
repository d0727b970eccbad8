"""Serve the API: ``python -m scribe_api``."""

import uvicorn

from scribe.logging import configure_logging
from scribe.settings import get_settings
from scribe_api.defence.slow_headers import BoundedHttp
from scribe_api.events.conversation import LARGEST_MESSAGE
from scribe_api.main import create_app

GRACE_S = 10
KEEP_ALIVE_S = 75


def main() -> None:
    """Serve until told to stop; requests that are running get a few seconds to end."""
    settings = get_settings()
    configure_logging(settings.log, service="api")
    uvicorn.run(
        create_app(settings),
        host=settings.api.host,
        port=settings.api.port,
        loop="uvloop",
        http=BoundedHttp,
        proxy_headers=False,  # the application believes the proxies that the settings name
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        timeout_keep_alive=KEEP_ALIVE_S,
    )


if __name__ == "__main__":
    main()
