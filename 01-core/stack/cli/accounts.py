"""`create-user`: an account for a person."""

import secrets
import sys
from typing import Annotated

import typer

from stack.cli import product
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
    product.load_settings()
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise typer.BadParameter("standard input holds no password")
    else:
        password = secrets.token_urlsafe(product.PASSWORD_BYTES)
    product.create_account(email, password, "--role", "admin" if admin else "user")
    results.print(f"Account   {email} ({'admin' if admin else 'user'})")
    if not password_stdin:
        results.print(f"Password  {password}   (shown only this once)")
