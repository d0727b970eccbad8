"""What the meetings that somebody may see amount to."""

import uuid
from datetime import date

from pydantic import BaseModel, Field

from scribe.db.models import MeetingStatus


class StatisticsQuery(BaseModel):
    """Which meetings are counted."""

    project_id: list[uuid.UUID] = Field(
        default=[], max_length=100, description="Only of these projects; may be repeated."
    )


class Amount(BaseModel):
    """Some meetings together."""

    meetings: int = 0
    audio_seconds: float = 0.0


class OfLanguage(Amount):
    """Those in one language."""

    language: str | None = Field(description="Without its region; null: not known.")


class OfDay(Amount):
    """Those handed in on one day of UTC."""

    day: date


class Occurrence(BaseModel):
    """A tag or a name, and how many meetings have it."""

    name: str
    meetings: int


class RealTimeFactors(BaseModel):
    """Seconds of processing for a second of audio; null where nothing was processed."""

    mean: float | None = Field(description="Of all meetings that have a transcript.")
    median: float | None = Field(description="Of those handed in within the last 30 days.")


class Statistics(Amount):
    """Totals, and what they are made of."""

    by_status: dict[MeetingStatus, int]
    bytes: int = Field(description="Of the recordings as uploaded.")
    processing_seconds: float
    real_time_factor: RealTimeFactors
    days: list[OfDay] = Field(description="The last 30, today last.")
    languages: list[OfLanguage] = Field(description="The most frequent first.")
    tags: list[Occurrence] = Field(description="The most frequent of the newest 10,000 meetings.")
    speakers: list[Occurrence] = Field(description="The most frequent of the newest 10,000 meetings.")
