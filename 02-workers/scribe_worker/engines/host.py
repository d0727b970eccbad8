"""The worker's side of an engine's process: start it, call it, and end it without a trace."""

import asyncio
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import Self, TypeVar

from pydantic import ValidationError

from scribe.child import frames
from scribe.child.tail import Tail
from scribe.settings import EngineSettings
from scribe_worker.engines.base import (
    Diarisation,
    DiariseRequest,
    EngineInfo,
    Kind,
    Plan,
    Progress,
    TranscribeRequest,
    Transcription,
)
from scribe_worker.engines.duration import flac_duration
from scribe_worker.engines.errors import (
    EngineCrashed,
    EngineFailed,
    EngineOutOfMemory,
    EngineTimeout,
    EngineUnavailable,
)
from scribe_worker.engines.messages import (
    REPLY,
    Diarise,
    Diarised,
    Failed,
    Load,
    Progressed,
    Ready,
    Transcribe,
    Transcribed,
)
from scribe_worker.engines.spawn import Spawned, spawn
from scribe_worker.engines.surroundings import oom_kills, usable_cores
from scribe_worker.engines.verdict import verdict

_SHORTEST_LIMIT_S = 120.0
_SURVIVED = {"error", "unavailable"}
"""After these the engine can take another call: it failed on this one, or refused it."""

_LAST_BREATH_S = 5.0
"""How long a process that hung up may take to end, and so to tell why, before it is ended."""

Answer = TypeVar("Answer", Ready, Transcribed, Diarised)


@dataclass(frozen=True)
class _Limits:
    """Seconds without a sign of life, and seconds in all where they are known."""

    silent: float
    total: float | None


class EngineProcess:
    """One engine in a process of its own, for one call at a time: ``Residency`` sees to that.

    Any call that does not end in an answer (cancelled, timed out, crashed) ends the process; after
    ``EngineFailed`` and ``EngineUnavailable`` it lives on, its model still loaded.
    """

    def __init__(
        self, kind: Kind, name: str, plan: Plan, threads: int, settings: EngineSettings, spawned: Spawned
    ) -> None:
        self.kind = kind
        self.name = name
        self.plan = plan
        self.peak_memory_mib = 0.0
        """The most memory that the last call took."""
        self._threads = threads
        self._settings = settings
        self._process = spawned.process
        self._reader = spawned.reader
        self._writer = spawned.writer
        self._tail = Tail(spawned.output)
        self._oom_kills = oom_kills()
        self._ending: asyncio.Task[None] | None = None
        self._loaded: EngineInfo | None = None

    @classmethod
    async def start(cls, kind: Kind, name: str, settings: EngineSettings, plan: Plan | None = None) -> Self:
        """Start a process; ``load`` must follow. Without a plan it is the one of an engine without models."""
        threads = settings.threads or usable_cores()
        return cls(kind, name, plan or Plan(), threads, settings, await spawn(threads))

    async def load(self) -> None:
        """Load the engine in the process.

        Raises EngineUnavailable, EngineFailed, EngineCrashed, EngineOutOfMemory or EngineTimeout; then,
        as on cancellation, the process is ended.
        """
        order = Load(
            kind=self.kind,
            name=self.name,
            plan=self.plan,
            threads=self._threads,
            memory_mib=self._settings.memory_mib,
            file_mib=self._settings.file_mib,
        )
        limits = _Limits(self._settings.start_timeout_s, self._settings.start_timeout_s)
        try:
            self._loaded = (await self._exchange(order, Ready, lambda _: None, limits)).info
        finally:
            if self._loaded is None:
                await self.close()

    @property
    def info(self) -> EngineInfo:
        """What was loaded."""
        if self._loaded is None:
            raise RuntimeError("the engine is not loaded yet")
        return self._loaded

    @property
    def pid(self) -> int:
        """The process id, which is also the id of its group."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can take a call."""
        return self._ending is None and self._process.returncode is None and not self._reader.at_eof()

    async def transcribe(self, request: TranscribeRequest, progress: Progress) -> Transcription:
        """The words of a recording; the errors are those of ``load``."""
        limits = self._limits(flac_duration(request.audio))
        call = Transcribe(request=request.model_copy(update={"audio": request.audio.absolute()}))
        reply = await self._exchange(call, Transcribed, progress, limits)
        self.peak_memory_mib = reply.peak_memory_mib
        return reply.result

    async def diarise(self, request: DiariseRequest, progress: Progress) -> Diarisation:
        """The turns of a recording; the errors are those of ``load``."""
        limits = self._limits(flac_duration(request.audio))
        channels = request.channels.absolute() if request.channels else None
        paths = {"audio": request.audio.absolute(), "channels": channels}
        call = Diarise(request=request.model_copy(update=paths))
        reply = await self._exchange(call, Diarised, progress, limits)
        self.peak_memory_mib = reply.peak_memory_mib
        return reply.result

    async def close(self) -> None:
        """End the process and all that it started; returns when it has been reaped."""
        if self._ending is None:
            self._ending = asyncio.create_task(self._end())
        await asyncio.shield(self._ending)

    def _limits(self, duration: float | None) -> _Limits:
        silent = self._settings.silent_timeout_s
        if duration is None:
            return _Limits(silent, None)
        return _Limits(silent, max(_SHORTEST_LIMIT_S, duration * self._settings.total_timeout_factor))

    async def _exchange(
        self, call: Load | Transcribe | Diarise, wanted: type[Answer], progress: Progress, limits: _Limits
    ) -> Answer:
        """Send ``call`` and wait for its answer; without one, the process is ended."""
        usable = False
        try:
            reply = await self._reply(call, progress, limits)
            usable = isinstance(reply, wanted) or (isinstance(reply, Failed) and reply.cause in _SURVIVED)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise await self._autopsy() from error
        except (frames.FrameError, ValidationError) as error:
            raise self._failed(f"It sent a broken message: {error}") from error
        finally:
            if not usable:
                await self.close()
        if isinstance(reply, wanted):
            return reply
        raise self._failure(reply)

    async def _reply(
        self, call: Load | Transcribe | Diarise, progress: Progress, limits: _Limits
    ) -> Ready | Transcribed | Diarised | Failed:
        try:
            async with asyncio.timeout(limits.total) as total:
                self._writer.write(frames.pack(call.to_frame()))
                await self._writer.drain()
                while True:
                    async with asyncio.timeout(limits.silent):
                        reply = REPLY.validate_python(await frames.read(self._reader))
                    if not isinstance(reply, Progressed):
                        return reply
                    progress(reply.fraction)
        except TimeoutError as error:
            late = total.expired() and limits.total is not None
            raise EngineTimeout(
                engine=self.name,
                cause=f"'{call.say}' was not finished" if late else f"no sign of life during '{call.say}'",
                seconds=limits.total if late else limits.silent,
                stderr=self._tail.text,
            ) from error

    def _failure(self, reply: Ready | Transcribed | Diarised | Failed) -> Exception:
        if not isinstance(reply, Failed):
            return self._failed(f"It answered '{reply.say}'.")
        if reply.cause == "unavailable":
            return EngineUnavailable(engine=self.name, reason=reply.reason)
        stderr = f"{self._tail.text}\n{reply.traceback}".strip()
        if reply.cause == "broken":
            return EngineCrashed(engine=self.name, cause=reply.reason, stderr=stderr)
        if reply.cause == "memory":
            return EngineOutOfMemory(engine=self.name, cause=reply.reason, stderr=stderr)
        return self._failed(reply.reason, reply.traceback)

    def _failed(self, reason: str, traceback: str = "") -> EngineFailed:
        stderr = f"{self._tail.text}\n{traceback}".strip()
        return EngineFailed(engine=self.name, reason=reason, stderr=stderr)

    async def _autopsy(self) -> Exception:
        """Why the process hung up by itself; it is reaped by then."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_BREATH_S):
                await self._process.wait()
        returncode = self._process.returncode
        await self.close()
        before, now = self._oom_kills, oom_kills()
        return verdict(
            self.name,
            returncode=returncode,
            stderr=self._tail.text,
            killed_by_kernel=before is not None and now is not None and now > before,
        )

    async def _end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()
        await self._tail.finish()
