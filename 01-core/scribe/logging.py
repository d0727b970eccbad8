"""Structured logs: one event a line, with the correlation id that travels from request to worker."""

import logging
import sys
import uuid

import structlog

from scribe.settings import LogSettings

CORRELATION_ID = "correlation_id"

# Local variables hold passwords and recordings: tracebacks show where, never what.
_TRACEBACKS = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)


def configure_logging(settings: LogSettings, *, service: str) -> None:
    """Send structlog and the standard library's logs to stderr in one format."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: list[structlog.typing.Processor] = (
        [_TRACEBACKS, structlog.processors.JSONRenderer()] if settings.format == "json" else [_console()]
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=settings.level, force=True)
    for noisy in ("botocore", "aiobotocore", "boto3", "taskiq", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.contextvars.bind_contextvars(service=service)


def _console() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


def bind_correlation_id(correlation_id: str | None) -> str:
    """Put the id on every further log line of this task; a new one is made where there is none."""
    bound = correlation_id or uuid.uuid4().hex
    structlog.contextvars.bind_contextvars(**{CORRELATION_ID: bound})
    return bound


def current_correlation_id() -> str | None:
    """The id bound in this task, if any."""
    value = structlog.contextvars.get_contextvars().get(CORRELATION_ID)
    return value if isinstance(value, str) else None
