"""The bucket as the product uses it: put, get, look, sign, list and delete objects."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Container
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from botocore.exceptions import ClientError

from scribe.settings import S3Settings
from scribe.storage import listing
from scribe.storage.client import open_client
from scribe.storage.errors import ObjectNotFound, storage_errors
from scribe.storage.files import read_file, write_file
from scribe.storage.multipart import MultipartUpload
from scribe.storage.objects import ObjectHead, StoredObject
from scribe.storage.parts import Part, split
from scribe.storage.resumable import ResumableUploads
from scribe.storage.settle import settle

if TYPE_CHECKING:
    from types_aiobotocore_s3 import S3Client

READ_BYTES = 256 << 10
DEFAULT_REGION = "us-east-1"
OWNED = frozenset({"BucketAlreadyOwnedByYou", "BucketAlreadyExists"})


class ObjectStore:
    """One bucket of an S3 server.

    Every method raises StorageUnavailable when the server does not answer, StorageFull when it has no
    space and StorageRefused when it says no.
    """

    def __init__(self, settings: S3Settings, client: "S3Client", public: "S3Client") -> None:
        self.bucket = settings.bucket
        self.resumable = ResumableUploads(client, settings.bucket)
        self._settings = settings
        self._client = client
        self._public = public
        self._part_size = settings.part_mib << 20

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: S3Settings) -> AsyncIterator[Self]:
        """The store, with its connections open until the end of the block; nothing is sent yet."""
        async with AsyncExitStack() as stack:
            client = await stack.enter_async_context(open_client(settings, settings.endpoint))
            public = client
            if settings.public_endpoint not in {None, settings.endpoint}:
                public = await stack.enter_async_context(open_client(settings, settings.public_endpoint))
            yield cls(settings, client, public)

    async def ensure_bucket(self) -> None:
        """Create the bucket where it is missing."""
        try:
            with storage_errors(self.bucket):
                await self._client.head_bucket(Bucket=self.bucket)
        except ObjectNotFound:
            with storage_errors(self.bucket):
                await self._create_bucket()

    async def put_stream(self, key: str, chunks: AsyncIterable[bytes], *, content_type: str) -> StoredObject:
        """Store what the stream yields, with at most two parts of it in memory.

        The stream is read only as fast as S3 takes it. The key must be new: whatever goes wrong, an error
        of the stream or the caller's cancellation included, neither an object nor an open upload is left
        under it.
        """
        return await self._put_stream(key, chunks, content_type=content_type, new=True)

    async def _put_stream(
        self, key: str, chunks: AsyncIterable[bytes], *, content_type: str, new: bool
    ) -> StoredObject:
        async with aclosing(split(chunks, self._part_size)) as parts:
            first = await anext(parts, None)
            if first is None or len(first) < self._part_size:
                put = self._put_new if new else self._put
                return await put(key, first or Part(), content_type=content_type)
            upload = MultipartUpload(self._client, self.bucket, key, content_type=content_type, new=new)
            try:
                await settle(upload.create())
                await upload.send(first)
                del first  # nor does this frame keep a part in memory that has arrived
                async for part in parts:
                    await upload.send(part)
                    del part
                etag = await settle(upload.complete())
            except BaseException:
                await settle(upload.discard())
                raise
        return StoredObject(key, upload.size, etag)

    async def put_bytes(self, key: str, data: bytes, *, content_type: str) -> StoredObject:
        """Store bytes that are in memory anyway, replacing what is under the key."""
        return await self._put(key, Part(data), content_type=content_type)

    async def put_part(self, key: str, part: Part, *, content_type: str) -> StoredObject:
        """Store what was gathered as an object of its own, replacing what is under the key."""
        return await self._put(key, part, content_type=content_type)

    async def put_file(self, key: str, path: Path, *, content_type: str) -> StoredObject:
        """Store a file of any size; raises OSError when it cannot be read.

        An object that is already under the key stays when this fails: another worker may have put it.
        """
        async with aclosing(read_file(path)) as chunks:
            return await self._put_stream(key, chunks, content_type=content_type, new=False)

    async def get_bytes(self, key: str) -> bytes:
        """The whole object. Raises ObjectNotFound."""
        return b"".join([chunk async for chunk in self.iter_range(key)])

    async def iter_range(
        self, key: str, start: int = 0, end: int | None = None
    ) -> AsyncGenerator[bytes, None]:
        """The object's bytes from ``start`` up to, not including, ``end``.

        Raises ObjectNotFound, and RangeOutsideObject when the object ends before ``start``.
        """
        if end is not None and end <= start:
            return
        wanted = f"bytes={start}-{'' if end is None else end - 1}"
        with storage_errors(key):
            if start == 0 and end is None:
                answer = await self._client.get_object(Bucket=self.bucket, Key=key)
            else:
                answer = await self._client.get_object(Bucket=self.bucket, Key=key, Range=wanted)
            body = answer["Body"]
            async with body:
                while chunk := await body.read(READ_BYTES):
                    yield chunk

    async def read_range(self, key: str, start: int, end: int) -> bytes:
        """The bytes from ``start`` up to, not including, ``end``; fewer where the object ends before."""
        return b"".join([chunk async for chunk in self.iter_range(key, start, end)])

    async def download(self, key: str, path: Path) -> None:
        """Write the object to a file that appears under its name only when it is whole."""
        await write_file(path, self.iter_range(key))

    async def head(self, key: str) -> ObjectHead | None:
        """What S3 knows about the object; None where there is none."""
        try:
            with storage_errors(key):
                answer = await self._client.head_object(Bucket=self.bucket, Key=key)
        except ObjectNotFound:
            return None
        return ObjectHead(
            key=key,
            size=answer["ContentLength"],
            content_type=answer.get("ContentType", ""),
            etag=answer["ETag"].strip('"'),
            modified=answer["LastModified"],
        )

    async def exists(self, key: str) -> bool:
        """Whether there is an object under the key."""
        return await self.head(key) is not None

    async def presign_get(self, key: str, *, expires_s: int, filename: str | None = None) -> str:
        """An address on the public endpoint that serves the object to anyone for that many seconds.

        With ``filename`` the browser saves it under that name.
        """
        parameters = {"Bucket": self.bucket, "Key": key}
        if filename is not None:
            encoded = quote(filename, safe="")
            parameters["ResponseContentDisposition"] = f"attachment; filename*=UTF-8''{encoded}"
        return await self._public.generate_presigned_url("get_object", Params=parameters, ExpiresIn=expires_s)

    def list(self, prefix: str) -> AsyncIterator[ObjectHead]:
        """Every object whose key begins with the prefix, in the order of keys, without content types."""
        return listing.list_objects(self._client, self.bucket, prefix)

    async def delete(self, key: str) -> None:
        """Delete the object; one that does not exist is none the worse."""
        try:
            with storage_errors(key):
                await self._client.delete_object(Bucket=self.bucket, Key=key)
        except ObjectNotFound:
            return

    async def delete_prefix(self, prefix: str) -> int:
        """Delete what the prefix holds and return how many objects that were.

        Raises ValueError for an empty prefix, which would empty the bucket.
        """
        return await listing.delete_prefix(self._client, self.bucket, prefix)

    async def sweep_stale_uploads(self, older_than: timedelta, keep: Container[str] = ()) -> int:
        """Abort the multipart uploads begun that long ago and return how many those were.

        keep: ids of uploads that somebody still means to finish
        """
        return await listing.abort_stale_uploads(self._client, self.bucket, older_than, keep)

    async def _put_new(self, key: str, body: Part, *, content_type: str) -> StoredObject:
        try:
            return await settle(self._put(key, body, content_type=content_type))
        except asyncio.CancelledError:
            await settle(self.delete(key))
            raise

    async def _put(self, key: str, body: Part, *, content_type: str) -> StoredObject:
        with storage_errors(key):
            answer = await self._client.put_object(
                Bucket=self.bucket,
                Key=key,
                Body=body or b"",  # type: ignore[arg-type]  # see multipart.py
                ContentType=content_type,
            )
        return StoredObject(key, len(body), answer["ETag"].strip('"'))

    async def _create_bucket(self) -> None:
        try:
            if self._settings.region == DEFAULT_REGION:
                await self._client.create_bucket(Bucket=self.bucket)
            else:
                await self._client.create_bucket(
                    Bucket=self.bucket,
                    CreateBucketConfiguration={"LocationConstraint": self._settings.region},  # type: ignore[typeddict-item]
                )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") not in OWNED:
                raise
