"""What sign-in sends and receives."""

from typing import Literal

from pydantic import BaseModel, Field

from scribe_api.schemas import Email, NewPassword, Password, Schema
from scribe_api.users.schemas import UserRead


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


class TokenPair(BaseModel):
    """What a signed-in program holds; browsers get the same tokens as cookies that scripts cannot read."""

    access_token: str
    refresh_token: str = Field(description="Good for one refresh, which hands out the next.")
    token_type: Literal["bearer"] = "bearer"  # noqa: S105  (the scheme's name)
    expires_in: int = Field(description="Seconds until the access token expires.", examples=[900])
    user: UserRead
