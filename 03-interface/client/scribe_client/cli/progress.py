"""Progress: a live line on a terminal, plain lines elsewhere."""

from collections.abc import Iterable
from types import TracebackType
from typing import Self

from rich.filesize import decimal
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from scribe_client.answers import MeetingState
from scribe_client.cli.terminal import progress as console
from scribe_client.cli.terminal import say
from scribe_client.uploading.upload import Sending

WAITING = "waiting"


class Sent:
    """One file on its way: how much of ``size`` bytes, how fast, how long yet."""

    def __init__(self, label: str, size: int) -> None:
        self._label = label
        self._size = size
        self._shown = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._shown.add_task(label, total=size)
        self.sending = Sending(begun=self._begun, sent=self._sent, interrupted=self._interrupted)

    def __enter__(self) -> Self:
        self._shown.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Show nothing more."""
        self._shown.stop()

    def _begun(self, offset: int) -> None:
        if offset:
            share = offset / self._size
            say(f"{self._label}: going on at {share:.0%} of {decimal(self._size)}")
            self._shown.reset(self._task, completed=offset)  # or its speed would count what was there before
        elif not console.is_terminal:
            say(f"{self._label}: {decimal(self._size)}")

    def _sent(self, offset: int) -> None:
        self._shown.update(self._task, completed=offset)

    def _interrupted(self, error: Exception) -> None:
        reason = str(error) or type(error).__name__
        say(f"{self._label}: interrupted ({reason.rstrip('.')}); trying again")


def show_stages(states: Iterable[MeetingState], label: str) -> MeetingState:
    """Show the states as they come; returns the last one."""
    columns = (
        TextColumn("{task.fields[label]}", markup=False),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        TimeElapsedColumn(),
    )
    state, stage = MeetingState(status="PENDING"), ""
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task(WAITING, total=1.0, label=label)
        for state in states:
            now = state.stage or WAITING
            shown.update(task, description=now, completed=state.progress or 0.0)
            if not console.is_terminal and not state.finished and now != stage:
                stage = now
                say(f"{label}: {stage}")
    return state
