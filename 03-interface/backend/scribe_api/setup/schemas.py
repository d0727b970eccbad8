"""What the first run asks and takes."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from scribe_api.schemas import Email, NewPassword, Schema
from scribe_api.users.schemas import Name


class SetupRead(BaseModel):
    """Whether the instance still waits for its first administrator."""

    needed: bool


class SetupCreate(Schema):
    """The first administrator, and the proof that it is whoever runs the instance."""

    email: Email
    password: NewPassword
    name: Name = ""
    code: Annotated[
        str,
        StringConstraints(min_length=1, max_length=100),
        Field(description="From the link that `./manage.sh up` prints."),
    ]
