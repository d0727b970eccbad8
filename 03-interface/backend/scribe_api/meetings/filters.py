"""Which meetings a list, a search or statistics are about."""

import uuid
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import ColumnElement

from scribe.db.models import Meeting, MeetingStatus
from scribe_api.schemas import IsoTime, Line, Tag


def _in_utc(moment: datetime) -> datetime:
    """The moment in UTC, which is also what a time without a zone is taken for."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("lies outside the calendar") from error


Moment = Annotated[datetime, IsoTime, AfterValidator(_in_utc)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=35)]


class MeetingFilters(BaseModel):
    """What the caller asked for; all conditions hold together."""

    model_config = ConfigDict(validate_by_name=True)

    project_id: list[uuid.UUID] = Field(
        default=[], max_length=100, description="Only of these projects; may be repeated."
    )
    status: list[MeetingStatus] = Field(default=[], description="Only these; may be repeated.")
    tag: list[Tag] = Field(default=[], max_length=30, description="Only with all of these tags; repeat it.")
    speaker: Annotated[Line, StringConstraints(min_length=1, max_length=200)] | None = Field(
        default=None, description="Only where somebody of this name speaks, written as in the transcript."
    )
    language: LanguageTag | None = Field(
        default=None,
        description="Only in this language: spoken, or else asked for. Regions do not count.",
        examples=["fr"],
    )
    since: Moment | None = Field(
        default=None, alias="from", description="Only handed in at this time or later. No zone means UTC."
    )
    until: Moment | None = Field(default=None, alias="to", description="Only handed in before this time.")
    min_duration: Seconds | None = Field(default=None, description="Only this many seconds long or longer.")
    max_duration: Seconds | None = Field(default=None, description="Only this many seconds long or shorter.")
    uploader: uuid.UUID | None = Field(default=None, description="Only handed in by this account.")

    def conditions(self) -> list[ColumnElement[bool]]:
        """For the WHERE clause of a query for meetings, beside what the caller may see."""
        every = (
            Meeting.project_id.in_(self.project_id) if self.project_id else None,
            Meeting.status.in_(self.status) if self.status else None,
            Meeting.tags.contains(self.tag) if self.tag else None,
            Meeting.speaker_names.contains([self.speaker]) if self.speaker else None,
            Meeting.main_language == self.main_language if self.main_language else None,
            Meeting.created_at >= self.since if self.since else None,
            Meeting.created_at < self.until if self.until else None,
            Meeting.duration_key >= self.min_duration if self.min_duration is not None else None,
            Meeting.duration_key <= self.max_duration if self.max_duration is not None else None,
            Meeting.created_by == self.uploader if self.uploader else None,
        )
        return [condition for condition in every if condition is not None]

    @property
    def main_language(self) -> str | None:
        """The language without its region."""
        return self.language.partition("-")[0].lower() if self.language else None
