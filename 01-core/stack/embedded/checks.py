"""Look at the machine before a server trips over it."""

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path

from stack.embedded.credentials import Credentials
from stack.embedded.errors import (
    CredentialUnusable,
    DiskFull,
    ExtendedAttributesMissing,
    FolderUnusable,
)
from stack.embedded.services import SERVERS, ServiceName

MIB = 1 << 20
NEEDED_MIB = 512
LOW_MIB = 2048
UNSAFE_IN_SERVER_FILES = re.compile(r"[%\"'\\;#$\n\r]")
PASSWORD = re.compile(r"[A-Za-z0-9._~-]+")
ACCESS_KEY = re.compile(r"[a-z0-9]+:[a-z0-9]+")


def check_credentials(credentials: Credentials, services: Collection[ServiceName] = SERVERS) -> None:
    """Raise CredentialUnusable unless every secret of ``services`` can stand in their files as it is."""
    passwords = {
        ServiceName.POSTGRES: ("SCRIBE_DATABASE__URL", credentials.postgres_password),
        ServiceName.REDIS: ("SCRIBE_REDIS__URL", credentials.redis_password),
        ServiceName.S3: ("SCRIBE_S3__SECRET_KEY", credentials.s3_secret_key),
    }
    for service, (setting, password) in passwords.items():
        if service in services and not PASSWORD.fullmatch(password):
            raise CredentialUnusable(
                setting=setting, expected="its secret must be letters, digits and . _ ~ - only"
            )
    if ServiceName.S3 in services and not ACCESS_KEY.fullmatch(credentials.s3_access_key):
        raise CredentialUnusable(
            setting="SCRIBE_S3__ACCESS_KEY", expected="it must be account:user in small letters and digits"
        )


def check_folder(path: Path) -> None:
    """Raise FolderUnusable unless the servers can be told of the folder, and it can be made and written."""
    if found := UNSAFE_IN_SERVER_FILES.search(str(path)):
        raise FolderUnusable(path=path, reason=f"its name contains {found.group()!r}")
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path) as file:
            file.write(b"written")
    except (FileExistsError, NotADirectoryError):
        raise FolderUnusable(path=path, reason="there is a file in place of the folder") from None
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(path=path, free_mib=0, needed_mib=NEEDED_MIB) from None
        raise FolderUnusable(path=path, reason=error.strerror or str(error)) from None


def check_disk(path: Path) -> str | None:
    """Raise DiskFull when the servers could not start; a sentence when there is little room left."""
    free_mib = shutil.disk_usage(path).free // MIB
    if free_mib < NEEDED_MIB:
        raise DiskFull(path=path, free_mib=free_mib, needed_mib=NEEDED_MIB)
    if free_mib < LOW_MIB:
        return f"only {free_mib} MiB are free on the disk of {path}: recordings will soon fill it"
    return None


def check_extended_attributes(folder: Path) -> None:
    """Raise ExtendedAttributesMissing unless files in ``folder`` can carry user attributes of some size."""
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        try:
            os.setxattr(file.name, "user.scribe.check", b"x" * 1024)
        except OSError as error:
            raise ExtendedAttributesMissing(path=folder, reason=error.strerror or str(error)) from None
