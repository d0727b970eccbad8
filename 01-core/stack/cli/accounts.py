"""`create-user`: an account for a person."""

import sys
from typing import Annotated

import typer
from pydantic import SecretStr

from stack.account import Account, new_password
from stack.cli import product
from stack.cli.configuration import load_settings
from stack.cli.terminal import results


def create_user(
    email: Annotated[str, typer.Argument(help="The address that the person signs in with.")],
    *,
    admin: Annotated[bool, typer.Option("--admin", help="May manage users and see everything.")] = False,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Make an account. Without --password-stdin a password is generated and shown this once."""
    load_settings()
    if password_stdin:
        password = SecretStr(sys.stdin.readline().rstrip("\r\n"))
        if not password:
            raise typer.BadParameter("standard input holds no password")
    else:
        password = new_password()
    account = Account(email=email, password=password)
    product.create_account(account, "--role", "admin" if admin else "operator")
    results.print(f"Account   {email} ({'admin' if admin else 'user'})")
    if not password_stdin:
        results.print(f"Password  {password.get_secret_value()}   (shown only this once)")
