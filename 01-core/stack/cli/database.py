"""`migrate` and `db-shell`: the database by hand."""

import asyncio
import os
import sys
from urllib.parse import unquote, urlsplit

from stack.cli import product
from stack.cli.configuration import read_settings
from stack.cli.terminal import say
from stack.embedded import ServiceName


def migrate() -> None:
    """Bring the database schema to the newest migration and make the S3 bucket; harmless to repeat."""
    settings = read_settings()
    product.require(settings, ServiceName.POSTGRES, ServiceName.S3)
    asyncio.run(product.prepare(settings))
    say("The schema is at its newest migration, and the bucket is there.")


def db_shell() -> None:
    """Open psql on the product's database."""
    settings = read_settings()
    product.require(settings, ServiceName.POSTGRES)
    psql = product.embedded(settings).postgres_program("psql")
    url = urlsplit(settings.database.url.get_secret_value())
    arguments = [
        *("--host", url.hostname or "127.0.0.1", "--port", str(url.port or 5432)),
        *("--username", unquote(url.username or "scribe"), "--dbname", url.path.lstrip("/")),
    ]
    sys.stdout.flush()
    os.putenv("PGPASSWORD", unquote(url.password or ""))  # not an argument: those show in the process list
    os.execv(psql, [str(psql), *arguments])  # noqa: S606 - there is nothing for a shell to do
