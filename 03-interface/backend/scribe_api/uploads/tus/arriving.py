"""The bytes of a request as they come, and the silences between them."""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import ClientDisconnect, Request

from scribe.settings import UploadSettings
from scribe_api.uploads.tus.errors import UploadInterrupted


async def arriving(request: Request, settings: UploadSettings) -> AsyncIterator[bytes | None]:
    """Every chunk of the body; None once the client has been silent for a while.

    Raises UploadInterrupted when the connection ends before the body.
    """
    stream = request.stream()
    while True:
        following = asyncio.ensure_future(anext(stream, b""))
        try:
            if not (await asyncio.wait({following}, timeout=settings.stall_s))[0]:
                yield None
            chunk = await following
        except ClientDisconnect as error:
            raise UploadInterrupted from error
        finally:
            following.cancel()
        if not chunk:
            return
        yield chunk
