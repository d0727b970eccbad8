"""Accounts as administrators see them."""

import uuid
from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from scribe.db.models import User, UserRole
from scribe_api.quotas.schemas import LimitsBody
from scribe_api.schemas import Email, Line, NewPassword, Schema

Name = Annotated[Line, StringConstraints(max_length=200), Field(examples=["Ada Lovelace"])]


class UserRead(BaseModel):
    """An account, without anything secret."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    email: str
    name: str
    role: UserRole
    active: bool
    created_at: datetime

    @classmethod
    def of(cls, user: User) -> Self:
        """The account as the client sees it."""
        return cls.model_validate(user)


class UserDetail(UserRead):
    """An account with the limits that were set for it."""

    limits: LimitsBody

    @classmethod
    def told(cls, user: User) -> Self:
        """The account as administrators see it."""
        return cls(**UserRead.of(user).model_dump(), limits=LimitsBody.of(user))


class UserList(BaseModel):
    """Every account of the instance, by e-mail address."""

    items: list[UserRead]


class UserCreate(Schema):
    """A new account."""

    email: Email
    password: NewPassword
    name: Name = ""
    role: UserRole = UserRole.OPERATOR


class UserPatch(Schema):
    """What to change; what is left out stays."""

    name: Name | None = None
    role: UserRole | None = None
    active: bool | None = None
    password: NewPassword | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_dump(exclude_none=True):
            raise ValueError("name at least one of name, role, active, password")
        return self
