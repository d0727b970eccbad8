"""Limits and use as clients see them."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from scribe.db.models import Limited
from scribe_api.schemas import Schema

LARGEST = 2**53 - 1
"""The largest whole number that every JSON reader keeps exact."""
LARGEST_INT = 2**31 - 1


class LimitsBody(Schema):
    """Every limit of the project or the account; null, or left out: what the instance's settings say."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    max_bytes: Annotated[int, Field(ge=0, le=LARGEST)] | None = Field(
        default=None, description="Of all recordings that are stored."
    )
    max_minutes_month: Annotated[int, Field(ge=0, le=LARGEST_INT)] | None = Field(
        default=None, description="Of audio handed in during a calendar month (UTC)."
    )
    max_jobs: Annotated[int, Field(ge=1, le=LARGEST_INT)] | None = Field(
        default=None, description="Processed at once; further ones wait."
    )
    max_upload_bytes: Annotated[int, Field(ge=1, le=LARGEST)] | None = Field(
        default=None, description="Of one recording."
    )
    max_duration_s: Annotated[int, Field(ge=1, le=LARGEST_INT)] | None = Field(
        default=None, description="Of one recording."
    )

    @classmethod
    def of(cls, row: Limited) -> Self:
        """The limits that were set for the row itself."""
        return cls.model_validate(row, from_attributes=True)


class BytesUse(BaseModel):
    """Bytes that are stored, or promised to resumable uploads under way."""

    used: int
    limit: int | None = Field(description="null: none.")


class MinutesUse(BaseModel):
    """Minutes of audio handed in since the month began (UTC), deleted meetings included."""

    used: float
    limit: int | None = Field(description="null: none.")


class JobsUse(BaseModel):
    """Recordings that are processed now, and those that wait."""

    running: int
    waiting: int
    limit: int | None = Field(description="Of those that run at once; null: none.")


class MonthUse(BaseModel):
    """What was handed in during one calendar month (UTC)."""

    month: str = Field(examples=["2026-11"])
    recordings: int
    minutes: float
    bytes: int


class UsageRead(BaseModel):
    """What is used, and the limits that hold: its own, else those of the instance."""

    bytes: BytesUse
    minutes_this_month: MinutesUse
    jobs: JobsUse
    max_upload_bytes: int | None = Field(description="Of one recording; null: no limit but the instance's.")
    max_duration_s: int | None = Field(description="Of one recording; null: no limit but the instance's.")
    months: list[MonthUse] = Field(description="The last twelve in which anything came in, newest first.")
