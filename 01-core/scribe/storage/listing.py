"""What is done to many objects or uploads at once: list, delete a prefix, abort what was forgotten."""

from collections.abc import AsyncIterator, Container
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from scribe.storage.errors import ObjectNotFound, StorageUnavailable, storage_errors
from scribe.storage.objects import ObjectHead

if TYPE_CHECKING:
    from types_aiobotocore_s3 import S3Client
    from types_aiobotocore_s3.type_defs import ObjectIdentifierTypeDef

log = structlog.get_logger(__name__)


async def list_objects(client: "S3Client", bucket: str, prefix: str) -> AsyncIterator[ObjectHead]:
    """Every object whose key begins with the prefix, in the order of keys."""
    with storage_errors(prefix):
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        async for page in pages:
            for entry in page.get("Contents", []):
                yield ObjectHead(
                    key=entry["Key"],
                    size=entry["Size"],
                    content_type="",
                    etag=entry["ETag"].strip('"'),
                    modified=entry["LastModified"],
                )


async def delete_prefix(client: "S3Client", bucket: str, prefix: str) -> int:
    """Delete what the prefix holds and return how many objects that were.

    Raises ValueError for an empty prefix, which would empty the bucket.
    """
    if not prefix.strip("/"):
        raise ValueError("an empty prefix would delete the whole bucket")
    deleted = 0
    with storage_errors(prefix):
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        async for page in pages:
            found: list[ObjectIdentifierTypeDef] = [
                {"Key": entry["Key"]} for entry in page.get("Contents", [])
            ]
            if not found:
                continue
            answer = await client.delete_objects(Bucket=bucket, Delete={"Objects": found, "Quiet": True})
            kept = [failed for failed in answer.get("Errors", []) if failed.get("Code") != "NoSuchKey"]
            if kept:
                raise StorageUnavailable(reason=kept[0].get("Code", "objects were not deleted"))
            deleted += len(found)
    return deleted


async def abort_stale_uploads(
    client: "S3Client", bucket: str, older_than: timedelta, keep: Container[str] = ()
) -> int:
    """Abort the multipart uploads begun that long ago, but those of ``keep``; return how many those were."""
    limit = datetime.now(UTC) - older_than
    aborted = 0
    with storage_errors():
        pages = client.get_paginator("list_multipart_uploads").paginate(Bucket=bucket)
        stale = [
            (upload["Key"], upload["UploadId"])
            async for page in pages
            for upload in page.get("Uploads", [])
            if upload["Initiated"] <= limit and upload["UploadId"] not in keep
        ]
    for key, upload_id in stale:
        try:
            with storage_errors(key):
                await client.abort_multipart_upload(Bucket=bucket, Key=key, UploadId=upload_id)
        except ObjectNotFound:
            continue
        aborted += 1
        log.info("stale_upload_aborted", key=key)
    return aborted
