"""Show a meeting's way through the stages: a live line on a terminal, plain lines elsewhere."""

import time
from collections.abc import Iterable, Iterator
from threading import Timer

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from stack.cli.terminal import progress as console
from stack.cli.terminal import say
from stack.client import FINISHED, MeetingState

WAITING = "waiting"
LONG_WAIT_S = 30.0
HINT = (
    "No worker has begun yet: others may be before it. "
    "`./manage.sh ps` shows whether a worker runs, `./manage.sh logs gpu` what it says."
)


def watch(states: Iterable[MeetingState], label: str) -> MeetingState:
    """Show the states as they come and return the last one."""
    noticed = _noticing_silence(states)
    return _watch_live(noticed, label) if console.is_terminal else _watch_plainly(noticed, label)


def _noticing_silence(states: Iterable[MeetingState]) -> Iterator[MeetingState]:
    """The states as they are; says what to look at when no worker takes the meeting for long."""
    timer = Timer(LONG_WAIT_S, say, [HINT])
    timer.daemon = True
    timer.start()
    try:
        for state in states:
            if state.stage or state.status in FINISHED:
                timer.cancel()
            yield state
    finally:
        timer.cancel()


def _watch_live(states: Iterable[MeetingState], label: str) -> MeetingState:
    columns = (
        TextColumn("{task.fields[label]}", markup=False),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        TimeElapsedColumn(),
    )
    state = MeetingState(status="PENDING")
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(WAITING, total=1.0, label=label)
        for state in states:
            shown.update(task, description=_stage(state), completed=state.progress or 0.0)
    return state


def _watch_plainly(states: Iterable[MeetingState], label: str) -> MeetingState:
    begun = time.monotonic()
    state, stage = MeetingState(status="PENDING"), ""
    for state in states:
        if state.status not in FINISHED and _stage(state) != stage:
            stage = _stage(state)
            say(f"  {label}  {time.monotonic() - begun:6.1f} s  {stage}")
    return state


def _stage(state: MeetingState) -> str:
    if state.status in FINISHED:
        return state.status.lower()
    return state.stage or WAITING
