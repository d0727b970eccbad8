"""How much a project or a person may use."""

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column


class Limited:
    """Limits of one row; None: what the instance's settings say.

    max_bytes: of all recordings that are stored
    max_minutes_month: of audio handed in during a calendar month (UTC)
    max_jobs: being processed at once; further ones wait
    max_upload_bytes, max_duration_s: of one recording
    """

    max_bytes: Mapped[int | None] = mapped_column(BigInteger)
    max_minutes_month: Mapped[int | None]
    max_jobs: Mapped[int | None]
    max_upload_bytes: Mapped[int | None] = mapped_column(BigInteger)
    max_duration_s: Mapped[int | None]
