"""What sign-in sends and receives."""

import uuid
from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel, Field

from scribe.db.models import RefreshSession
from scribe_api.schemas import Email, NewPassword, Password, Schema
from scribe_api.users.schemas import Name, UserRead


class Login(Schema):
    """An e-mail address and a password."""

    email: Email
    password: Password


class RefreshRequest(Schema):
    """The refresh token, for programs; browsers send it as a cookie and need no body."""

    refresh_token: str | None = Field(default=None, max_length=200)


class PasswordChange(Schema):
    """The password that is, and the one to be."""

    current_password: Password
    new_password: NewPassword


class ProfilePatch(Schema):
    """What people may change of their own account."""

    name: Name


class TokenPair(BaseModel):
    """What a signed-in program holds; browsers get the same tokens as cookies that scripts cannot read."""

    access_token: str
    refresh_token: str = Field(description="Good for one refresh, which hands out the next.")
    token_type: Literal["bearer"] = "bearer"  # noqa: S105  (the scheme's name)
    expires_in: int = Field(description="Seconds until the access token expires.", examples=[900])
    user: UserRead


class SessionRead(BaseModel):
    """One place where the account is signed in."""

    id: uuid.UUID
    device: str = Field(description="What the program called itself: the User-Agent.")
    address: str | None = Field(description="Where it was last used from.")
    created_at: datetime
    last_used_at: datetime = Field(description="When its tokens were last renewed.")
    expires_at: datetime
    current: bool = Field(description="Whether it is the one that asks.")

    @classmethod
    def of(cls, row: RefreshSession, current_id: uuid.UUID) -> Self:
        """The session whose newest token that is."""
        return cls(
            id=row.family_id,
            device=row.user_agent,
            address=row.address,
            created_at=row.began_at,
            last_used_at=row.created_at,
            expires_at=row.expires_at,
            current=row.family_id == current_id,
        )


class SessionList(BaseModel):
    """Where the account is signed in, the last used session first."""

    items: list[SessionRead]
