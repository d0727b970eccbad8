"""API keys as those see them who manage a project; the key itself is shown once."""

import uuid
from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from scribe.db.models import ApiKey, Scope
from scribe_api.schemas import IsoTime, Line, Schema


def _to_come(moment: datetime) -> datetime:
    if moment <= datetime.now(UTC):
        raise ValueError("lies in the past")
    return moment


class KeyCreate(Schema):
    """What a new key may do, and until when."""

    name: Annotated[Line, StringConstraints(min_length=1, max_length=200), Field(examples=["Phone bridge"])]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]
    expires_at: Annotated[AwareDatetime, IsoTime, AfterValidator(_to_come)] | None = Field(
        default=None, description="Left out: until it is revoked."
    )


class KeyRead(BaseModel):
    """A key, without what would let anybody use it."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    name: str
    prefix: str = Field(description="How the key begins.")
    scopes: list[Scope]
    created_by: uuid.UUID = Field(description="In whose name it acts; it ends when that person leaves.")
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = Field(description="To the minute.")
    revoked_at: datetime | None

    @classmethod
    def of(cls, key: ApiKey) -> Self:
        """The key as it is listed."""
        return cls.model_validate(key)


class KeyCreated(KeyRead):
    """A key that was just made."""

    key: str = Field(description="Keep it: it is shown this once.")


class KeyList(BaseModel):
    """All keys of the project, revoked ones too, newest first."""

    items: list[KeyRead]
