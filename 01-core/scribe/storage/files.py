"""Files as streams of bytes, read and written off the event loop."""

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterable
from pathlib import Path

BLOCK = 1 << 20


async def read_file(path: Path) -> AsyncGenerator[bytes]:
    """The file's bytes, in blocks. Raises OSError."""
    file = path.open("rb")
    try:
        while block := await asyncio.to_thread(file.read, BLOCK):
            yield block
    finally:
        file.close()


async def write_file(path: Path, chunks: AsyncIterable[bytes]) -> None:
    """Write the stream to the file, which appears under its name only when it is whole.

    Raises OSError, for one when the disk is full; what was written until then is removed.
    """
    partial = path.with_name(f"{path.name}.partial")
    file = await asyncio.to_thread(partial.open, "wb")
    try:
        with file:
            block = bytearray()
            async for chunk in chunks:
                block += chunk
                if len(block) >= BLOCK:
                    await asyncio.to_thread(file.write, block)
                    block = bytearray()
            await asyncio.to_thread(file.write, block)
        await asyncio.to_thread(os.replace, partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
