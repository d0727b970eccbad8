"""What can go wrong with S3, and the one place where the client library's errors become ours."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
from botocore.exceptions import BotoCoreError, ClientError

from scribe.errors import ScribeError

NOT_FOUND = frozenset({"404", "NoSuchKey", "NotFound"})
FULL = frozenset({"507", "InsufficientStorage", "QuotaExceeded", "XMinioStorageFull"})
OUT_OF_RANGE = frozenset({"416", "InvalidRange"})
PASSING = frozenset({"NoSuchUpload", "OperationAborted", "RequestTimeout", "SlowDown"})
SERVER_ERROR = 500
INSUFFICIENT_STORAGE = 507


class ObjectNotFound(ScribeError):
    """There is no object under the key."""

    status = 404
    code = "OBJECT_NOT_FOUND"
    message = "The stored file {key} does not exist. It may have been deleted; process the meeting again."
    permanent = True


class RangeOutsideObject(ScribeError):
    """The range begins at or after the end of the object."""

    status = 416
    code = "RANGE_OUTSIDE_OBJECT"
    message = "The stored file {key} ends before the requested range. Ask for a range inside the file."
    permanent = True


class StorageUnavailable(ScribeError):
    """The S3 server does not answer, or answers that it cannot serve now."""

    status = 503
    code = "STORAGE_UNAVAILABLE"
    outage = True
    message = (
        "The object storage does not answer ({reason}). "
        "Try again in a moment; `./manage.sh ps` shows its state."
    )


class StorageFull(ScribeError):
    """The S3 server has no space left, or the account's quota is used up."""

    status = 507
    code = "STORAGE_FULL"
    outage = True
    message = "The object storage is full. Free space or raise its quota, then try again."


class StorageRefused(ScribeError):
    """The S3 server understood and said no: wrong keys, no such bucket, a request it does not allow."""

    status = 500
    code = "STORAGE_REFUSED"
    message = "The object storage refused the request ({reason}). Check SCRIBE_S3__* and the bucket's policy."


@contextmanager
def storage_errors(key: str = "") -> Iterator[None]:
    """Raise ours for what the client library raises; anything else passes through untouched."""
    try:
        yield
    except ClientError as error:
        raise _from_answer(error, key) from error
    except (BotoCoreError, aiohttp.ClientError, ConnectionError, TimeoutError) as error:
        raise StorageUnavailable(reason=type(error).__name__) from error


def _from_answer(error: ClientError, key: str) -> ScribeError:
    code = error.response.get("Error", {}).get("Code", "")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in NOT_FOUND:
        return ObjectNotFound(key=key)
    if code in OUT_OF_RANGE:
        return RangeOutsideObject(key=key)
    if code in FULL or status == INSUFFICIENT_STORAGE:
        return StorageFull()
    if code in PASSING or status >= SERVER_ERROR:
        return StorageUnavailable(reason=code)
    return StorageRefused(reason=code or f"HTTP {status}")
