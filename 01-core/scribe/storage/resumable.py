"""A multipart upload that outlives the process which began it: whoever has its id and parts goes on.

Nothing is remembered here; the caller keeps the upload's id and the parts' entity tags where they last.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from scribe.storage.errors import storage_errors
from scribe.storage.parts import Part

if TYPE_CHECKING:
    from types_aiobotocore_s3 import S3Client
    from types_aiobotocore_s3.type_defs import CompletedPartTypeDef

MOST_PARTS = 10_000
SMALLEST_PART = 5 << 20
LARGEST_COPY = 1 << 30
"""A copy of that many bytes ends well within the client's time-out; S3 itself allows five times that."""
GONE = frozenset({"NoSuchUpload", "NoSuchKey", "404"})
INCOMPLETE = GONE | {"InvalidPart"}
NO_COPIES = frozenset({"NotImplemented", "MethodNotAllowed", "501", "405"})


class CopyNotSupported(Exception):
    """The server cannot make a part from an object that it holds."""


class ResumableUploads:
    """The calls of multipart uploads, one by one; each raises the errors of this package."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    async def begin(self, key: str, *, content_type: str) -> str:
        """Begin an upload and return its id."""
        with storage_errors(key):
            answer = await self._client.create_multipart_upload(
                Bucket=self._bucket, Key=key, ContentType=content_type
            )
        return answer["UploadId"]

    async def put_part(self, key: str, storage_id: str, number: int, part: Part) -> str:
        """Store the part, in place of an earlier one of that number, and return its entity tag."""
        with storage_errors(key):
            answer = await self._client.upload_part(
                Bucket=self._bucket,
                Key=key,
                UploadId=storage_id,
                PartNumber=number,
                Body=part,  # type: ignore[arg-type]  # see multipart.py
            )
        return answer["ETag"]

    async def copy_part(self, key: str, storage_id: str, number: int, *, source: str, span: range) -> str:
        """Make those bytes of another object the part and return its entity tag. Raises CopyNotSupported."""
        with storage_errors(key):
            try:
                answer = await self._client.upload_part_copy(
                    Bucket=self._bucket,
                    Key=key,
                    UploadId=storage_id,
                    PartNumber=number,
                    CopySource={"Bucket": self._bucket, "Key": source},
                    CopySourceRange=f"bytes={span.start}-{span.stop - 1}",
                )
            except ClientError as error:
                if _code(error) in NO_COPIES:
                    raise CopyNotSupported from error
                raise
        return answer["CopyPartResult"]["ETag"]

    async def complete(self, key: str, storage_id: str, etags: Sequence[str]) -> bool:
        """Make the parts, in their order from number 1, one object; False: it, or a part, is not there.

        An upload that was completed before, by a process that died before it could say so, is gone too.
        """
        parts: list[CompletedPartTypeDef] = [
            {"PartNumber": number, "ETag": etag} for number, etag in enumerate(etags, start=1)
        ]
        with storage_errors(key):
            try:
                await self._client.complete_multipart_upload(
                    Bucket=self._bucket, Key=key, UploadId=storage_id, MultipartUpload={"Parts": parts}
                )
            except ClientError as error:
                if _code(error) in INCOMPLETE:
                    return False
                raise
        return True

    async def abort_all(self, key: str) -> None:
        """Abort whatever upload is open under the key, one that nobody remembers included."""
        with storage_errors(key):
            pages = self._client.get_paginator("list_multipart_uploads").paginate(
                Bucket=self._bucket, Prefix=key
            )
            found = [
                upload["UploadId"]
                async for page in pages
                for upload in page.get("Uploads", [])
                if upload["Key"] == key
            ]
        for storage_id in found:
            with storage_errors(key):
                try:
                    await self._client.abort_multipart_upload(
                        Bucket=self._bucket, Key=key, UploadId=storage_id
                    )
                except ClientError as error:
                    if _code(error) not in GONE:
                        raise


def _code(error: ClientError) -> str:
    return error.response.get("Error", {}).get("Code", "")
