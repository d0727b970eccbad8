"""The usual way to take an upload, for comparison: Starlette's UploadFile, then the same ObjectStore.

``python uploadfile.py PORT`` serves ``POST /`` on the loopback.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from scribe.settings import get_settings
from scribe.storage import ObjectStore

BLOCK = 1 << 20
KEY = "bench/uploadfile"


async def upload(request: Request) -> Response:
    async with request.form() as form:
        file = form["file"]
        assert isinstance(file, UploadFile)
        await request.state.store.put_stream(KEY, blocks(file), content_type="audio/wav")
    await request.state.store.delete(KEY)
    return PlainTextResponse("stored", status_code=201)


async def blocks(file: UploadFile) -> AsyncIterator[bytes]:
    while block := await file.read(BLOCK):
        yield block


@asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[dict[str, ObjectStore]]:
    async with ObjectStore.open(get_settings().s3) as store:
        yield {"store": store}


def main() -> None:
    app = Starlette(routes=[Route("/", upload, methods=["POST"])], lifespan=lifespan)
    uvicorn.run(app, port=int(sys.argv[1]), loop="uvloop", http="httptools", log_level="warning")


if __name__ == "__main__":
    main()
