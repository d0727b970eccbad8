"""Who signs in; apart from the client, whose libraries not every command needs."""

from pydantic import BaseModel, ConfigDict, SecretStr


class Account(BaseModel):
    """A user's e-mail address and password."""

    model_config = ConfigDict(frozen=True)

    email: str
    password: SecretStr
