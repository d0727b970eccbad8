"""One multipart upload to S3, bounded in memory and never left open.

The library's own transfer leaves its uploads running when it is cancelled, so the four calls are driven
here.
"""

import asyncio
from typing import TYPE_CHECKING

import structlog

from scribe.errors import ScribeError
from scribe.storage.errors import ObjectNotFound, storage_errors
from scribe.storage.parts import Part

if TYPE_CHECKING:
    from types_aiobotocore_s3 import S3Client
    from types_aiobotocore_s3.type_defs import CompletedPartTypeDef

log = structlog.get_logger(__name__)

PARTS_IN_MEMORY = 2
GRACE_S = 10.0
"""How long parts on their way may take to arrive before a failed upload is aborted regardless."""


class MultipartUpload:
    """Create, send parts, complete; or discard. Every method raises the errors of this package."""

    def __init__(self, client: "S3Client", bucket: str, key: str, *, content_type: str, new: bool) -> None:
        self._client = client
        self._bucket = bucket
        self._key = key
        self._content_type = content_type
        self._new = new
        self._upload_id: str | None = None
        self._completing = False
        self._in_flight: set[asyncio.Task[None]] = set()
        self._etags: dict[int, str] = {}
        self._sent = 0
        self.size = 0

    async def create(self) -> None:
        """Begin the upload."""
        with storage_errors(self._key):
            answer = await self._client.create_multipart_upload(
                Bucket=self._bucket, Key=self._key, ContentType=self._content_type
            )
        self._upload_id = answer["UploadId"]

    async def send(self, part: Part) -> None:
        """Put the part on its way, and return once there is room in memory to fill another."""
        self._sent += 1
        self.size += len(part)
        self._in_flight.add(asyncio.create_task(self._upload(self._sent, part)))
        await self._until_fewer_than(PARTS_IN_MEMORY)

    async def complete(self) -> str:
        """Make the parts one object and return its entity tag."""
        await self._until_fewer_than(1)
        parts: list[CompletedPartTypeDef] = [
            {"PartNumber": number, "ETag": self._etags[number]} for number in sorted(self._etags)
        ]
        self._completing = True
        with storage_errors(self._key):
            answer = await self._client.complete_multipart_upload(
                Bucket=self._bucket,
                Key=self._key,
                UploadId=self._open_upload(),
                MultipartUpload={"Parts": parts},
            )
        return answer["ETag"].strip('"')

    async def discard(self) -> None:
        """Leave nothing behind, whatever was reached; what cannot be removed now, the sweep finds.

        Parts on their way are let in first: one that arrives after the abort would belong to nothing
        and stay for ever.
        """
        if self._in_flight:
            _, late = await asyncio.wait(self._in_flight, timeout=GRACE_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*self._in_flight, return_exceptions=True)
            self._in_flight.clear()
        if self._upload_id is None:
            return
        try:
            await self._remove(self._upload_id)
        except ScribeError as error:
            log.warning("upload_not_aborted", key=self._key, reason=str(error))

    async def _remove(self, upload_id: str) -> None:
        try:
            with storage_errors(self._key):
                await self._client.abort_multipart_upload(
                    Bucket=self._bucket, Key=self._key, UploadId=upload_id
                )
        except ScribeError:
            if not self._completing:
                raise
        if self._completing and self._new:  # and perhaps completed: the answer may have been lost
            try:
                with storage_errors(self._key):
                    await self._client.delete_object(Bucket=self._bucket, Key=self._key)
            except ObjectNotFound:
                log.debug("nothing_to_discard", key=self._key)

    async def _upload(self, number: int, part: Part) -> None:
        with storage_errors(self._key):
            answer = await self._client.upload_part(
                Bucket=self._bucket,
                Key=self._key,
                UploadId=self._open_upload(),
                PartNumber=number,
                Body=part,  # type: ignore[arg-type]  # the stubs know no other file-like objects than io's
            )
        self._etags[number] = answer["ETag"]

    async def _until_fewer_than(self, count: int) -> None:
        while len(self._in_flight) >= count:
            done, self._in_flight = await asyncio.wait(self._in_flight, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()

    def _open_upload(self) -> str:
        if self._upload_id is None:
            raise RuntimeError("the upload was not created")
        return self._upload_id
