"""Work that was begun ends, whoever stopped waiting for it."""

import asyncio

import pytest

from scribe.storage.settle import settle


async def test_the_result_comes_back() -> None:
    async def work() -> int:
        return 7

    assert await settle(work()) == 7


async def test_work_ends_before_the_cancellation_of_its_caller_is_felt() -> None:
    started, release, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        started.set()
        await release.wait()
        ended.set()

    caller = asyncio.create_task(settle(work()))
    await started.wait()
    caller.cancel()
    await asyncio.sleep(0)
    caller.cancel()
    await asyncio.sleep(0)
    assert not caller.done()
    release.set()

    with pytest.raises(asyncio.CancelledError):
        await caller
    assert ended.is_set()


async def test_a_failure_during_cancellation_does_not_hide_it() -> None:
    started, release = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        started.set()
        await release.wait()
        raise OSError("the server went away")

    caller = asyncio.create_task(settle(work()))
    await started.wait()
    caller.cancel()
    await asyncio.sleep(0)
    release.set()

    with pytest.raises(asyncio.CancelledError):
        await caller
