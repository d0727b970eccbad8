"""Create accounts from the command line: ``python -m scribe_api.accounts create EMAIL``."""

import argparse
import asyncio
import json
import sys

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import DATABASE_ERRORS, Database, is_outage
from scribe.db.models import User, UserRole
from scribe.errors import DatabaseUnavailable, ScribeError
from scribe.logging import configure_logging
from scribe.settings import Settings, get_settings
from scribe_api.security import hash_password
from scribe_api.setup.service import take_turn
from scribe_api.users import service
from scribe_api.users.schemas import UserCreate

CREATED, REFUSED, MISUSED = 0, 1, 2


async def create(
    settings: Settings, email: str, *, role: UserRole, password: str, if_none_exist: bool
) -> dict[str, object]:
    """Create the account and say what came of it. Of two that come first at once, one creates it.

    Raises EmailTaken, and pydantic's ValidationError for an address or a password that cannot be.
    """
    wanted = UserCreate(email=email, password=password, role=role)
    hashed = await hash_password(wanted.password)
    database = Database(settings.database)
    try:
        async with database.transaction() as session:
            if if_none_exist and await _anybody(session):
                return {"created": False, "email": wanted.email}
            user = await service.create(session, wanted.email, hashed, role=wanted.role)
    finally:
        await database.close()
    return {"created": True, "id": str(user.id), "email": user.email, "role": user.role}


async def _anybody(session: AsyncSession) -> bool:
    """Whether there is any account; the next who asks waits until this transaction has ended."""
    await take_turn(session)
    return bool(await session.scalar(select(User.id).limit(1)))


def main() -> int:
    """Print one JSON object; the exit code is 0, 1 where it was refused, 2 for a wrong call."""
    arguments = _parser().parse_args()
    settings = get_settings()
    configure_logging(settings.log, service="accounts")
    try:
        outcome = asyncio.run(
            create(
                settings,
                arguments.email,
                role=UserRole(arguments.role),
                password=sys.stdin.readline().rstrip("\n"),
                if_none_exist=arguments.if_none_exist,
            )
        )
    except ValidationError as error:
        problems = "; ".join(f"{problem['loc'][0]}: {problem['msg']}" for problem in error.errors())
        return _refuse("VALIDATION_ERROR", problems, MISUSED)
    except ScribeError as error:
        return _refuse(error.code, str(error), REFUSED)
    except DATABASE_ERRORS as error:
        if not is_outage(error):
            raise
        return _refuse(DatabaseUnavailable.code, DatabaseUnavailable.message, REFUSED)
    sys.stdout.write(json.dumps(outcome) + "\n")
    return CREATED


def _refuse(code: str, message: str, exit_code: int) -> int:
    sys.stdout.write(json.dumps({"error": {"code": code, "message": message}}) + "\n")
    return exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scribe_api.accounts", description=__doc__)
    commands = parser.add_subparsers(required=True)
    adding = commands.add_parser("create", help="create an account")
    adding.add_argument("email")
    adding.add_argument("--role", choices=[str(role) for role in UserRole], default=str(UserRole.OPERATOR))
    adding.add_argument(
        "--password-stdin",
        action="store_true",
        required=True,
        help="the password is the first line of stdin, never an argument that others could see",
    )
    adding.add_argument("--if-none-exist", action="store_true", help="do nothing where there is any account")
    return parser


if __name__ == "__main__":
    sys.exit(main())
