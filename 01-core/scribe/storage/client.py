"""How S3 is talked to: addresses, signatures, time-outs and retries."""

from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

import aioboto3
from aiobotocore.config import AioConfig

from scribe.settings import S3Settings

if TYPE_CHECKING:
    from types_aiobotocore_s3 import S3Client

MOST_CONNECTIONS = 64

# Neither a checksum nor a signature over each body: TLS or the loopback carries it whole, hashing costs
# as much as sending, and servers other than Amazon's do not all know the newer checksums. Buckets go
# into the path, since servers on an IP address have no subdomains.
CONFIG = AioConfig(
    signature_version="s3v4",
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
    s3={"addressing_style": "path", "payload_signing_enabled": False},
    retries={"mode": "standard", "total_max_attempts": 3},
    connect_timeout=5,
    read_timeout=60,
    max_pool_connections=MOST_CONNECTIONS,
)


def open_client(settings: S3Settings, endpoint: str) -> "AbstractAsyncContextManager[S3Client]":
    """A client for the server at that address."""
    return aioboto3.Session().client(
        "s3",
        endpoint_url=endpoint,
        region_name=settings.region,
        aws_access_key_id=settings.access_key.get_secret_value(),
        aws_secret_access_key=settings.secret_key.get_secret_value(),
        config=CONFIG,
    )
