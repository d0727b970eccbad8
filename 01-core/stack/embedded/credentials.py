"""The secrets of the embedded servers, made once, and the settings that carry them to the product."""

import secrets
from dataclasses import dataclass, field

DATABASE = "scribe"
"""Name of the PostgreSQL role and of its database."""
ACCOUNT = "scribe"
"""The Swift account that owns every bucket: the first half of an access key, kept when keys change."""


@dataclass(frozen=True)
class Ports:
    """Loopback ports of the servers; the S3 server's storage processes take the three after ``s3``."""

    postgres: int
    redis: int
    s3: int


@dataclass(frozen=True)
class Credentials:
    """Passwords and keys of the servers."""

    postgres_password: str = field(repr=False)
    redis_password: str = field(repr=False)
    s3_access_key: str
    s3_secret_key: str = field(repr=False)


def new_credentials() -> Credentials:
    """Fresh random secrets of 160 to 192 bits; letters and digits, so that they fit into URLs and files."""
    return Credentials(
        postgres_password=secrets.token_hex(24),
        redis_password=secrets.token_hex(24),
        s3_access_key=f"{ACCOUNT}:{secrets.token_hex(8)}",
        s3_secret_key=secrets.token_hex(20),
    )


def environment_for(ports: Ports, credentials: Credentials) -> dict[str, str]:
    """The settings by which the product finds the embedded servers, as environment variables."""
    postgres = f"scribe:{credentials.postgres_password}@127.0.0.1:{ports.postgres}"
    return {
        "SCRIBE_DATABASE__URL": f"postgresql+asyncpg://{postgres}/{DATABASE}",
        "SCRIBE_REDIS__URL": f"redis://:{credentials.redis_password}@127.0.0.1:{ports.redis}/0",
        "SCRIBE_S3__ENDPOINT": f"http://127.0.0.1:{ports.s3}",
        "SCRIBE_S3__ACCESS_KEY": credentials.s3_access_key,
        "SCRIBE_S3__SECRET_KEY": credentials.s3_secret_key,
        "SCRIBE_STACK__POSTGRES_PORT": str(ports.postgres),
        "SCRIBE_STACK__REDIS_PORT": str(ports.redis),
        "SCRIBE_STACK__S3_PORT": str(ports.s3),
    }
