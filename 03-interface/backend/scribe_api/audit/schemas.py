"""The audit log as administrators and owners read it."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from scribe.db.models import AuditRecord
from scribe_api.audit.trail import Act
from scribe_api.schemas import IsoTime, Schema

Cursor = Annotated[
    str, StringConstraints(pattern=r"^[1-9][0-9]{0,17}$"), Field(description="A page's `next_cursor`.")
]


Moment = Annotated[AwareDatetime, IsoTime]


class AuditRead(BaseModel):
    """Who did what to what, when and from where."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    at: datetime
    action: str = Field(examples=[Act.KEY_CREATED])
    actor: str = Field(description="As people knew it then; stays when the account is gone.")
    actor_id: uuid.UUID | None
    project_id: uuid.UUID | None
    subject: str | None = Field(description="The id of what it was done to.")
    address: str | None
    correlation_id: str | None = Field(description="Finds the request in the logs.")
    detail: dict[str, Any]

    @classmethod
    def of(cls, record: AuditRecord) -> Self:
        """The record as the client sees it."""
        return cls.model_validate(record)


class AuditPage(BaseModel):
    """One page, the newest first."""

    items: list[AuditRead]
    next_cursor: str | None = Field(description="Give it back as `cursor`; null at the end.")


class AuditQuery(Schema):
    """Which records are wanted."""

    action: Annotated[list[Act] | None, Field(description="Only these; may be repeated.")] = None
    actor_id: uuid.UUID | None = None
    subject: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")] | None = None
    since: Moment | None = None
    until: Moment | None = None
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
