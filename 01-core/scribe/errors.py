"""The one shape of every error that a client or an operator can meet."""

from typing import ClassVar


class ScribeError(Exception):
    """An error with a stable code and a sentence that says what happened and what to do.

    ``message`` may hold ``{placeholders}``; they are filled from the keyword arguments, which are
    also kept as ``detail`` for the program that reads the error.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "INTERNAL"
    message: ClassVar[str] = "Something went wrong on our side. Try again; the log has the details."
    permanent: ClassVar[bool] = False
    """Whether trying the same thing again is useless."""
    outage: ClassVar[bool] = False
    """Whether a server of ours is away: nobody's recording is to blame, so no attempt is counted."""

    def __init__(self, **detail: object) -> None:
        self.detail: dict[str, object] = detail
        super().__init__(self.message.format(**detail))


class DatabaseUnavailable(ScribeError):
    """PostgreSQL does not answer."""

    status = 503
    code = "DATABASE_UNAVAILABLE"
    message = "The database does not answer. Try again in a moment; `./manage.sh ps` shows its state."
    outage = True
