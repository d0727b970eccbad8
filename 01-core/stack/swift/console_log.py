"""Keep Swift's log where the supervisor rotates it."""

import logging
from logging.handlers import SysLogHandler


def without_syslog(
    _conf: object,
    _name: object,
    _console: object,
    _route: object,
    _format: object,
    logger: logging.Logger,
    _: object,
) -> None:
    """Drop the syslog handler that Swift always adds; what ``--verbose`` writes to stderr stays.

    Swift calls it for each logger that it sets up (``log_custom_handlers``).
    """
    for handler in list(logger.handlers):
        if isinstance(handler, SysLogHandler):
            logger.removeHandler(handler)
            handler.close()
