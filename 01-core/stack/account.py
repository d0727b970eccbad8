"""Who signs in; apart from the client, whose libraries not every command needs."""

import secrets

from pydantic import BaseModel, ConfigDict, SecretStr

COMMAND_LINE_FILE = "command-line.json"
"""Holds the account of the command line itself, in the data folder."""
PASSWORD_BYTES = 18


class Account(BaseModel):
    """A user's e-mail address and password."""

    model_config = ConfigDict(frozen=True)

    email: str
    password: SecretStr


def new_password() -> SecretStr:
    """A password that nobody guesses, for an account that a program makes."""
    return SecretStr(secrets.token_urlsafe(PASSWORD_BYTES))
