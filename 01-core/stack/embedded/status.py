"""What an operator sees of one service."""

from collections.abc import Mapping
from dataclasses import dataclass

from stack.embedded.rpc import ProcessState, State
from stack.embedded.service import NotAnswering, Service
from stack.embedded.services import ServiceName

DOWN = "down"
WORST_FIRST = (
    State.FATAL,
    State.UNKNOWN,
    State.BACKOFF,
    State.EXITED,
    State.STOPPED,
    State.STOPPING,
    State.STARTING,
    State.RUNNING,
)


@dataclass(frozen=True)
class ServiceStatus:
    """One row of ``ps``.

    state: the supervisor's word in lower case (running, starting, backoff, stopped, fatal …), of a
        service with several processes the worst one's; ``down`` when there is no supervisor
    pid: of the process that clients talk to; None when there is none
    uptime_s: seconds since that process started; 0 when there is none
    ready: whether the service answered a real request just now
    detail: one sentence on what is wrong; empty when all is well
    """

    name: ServiceName
    state: str
    pid: int | None
    uptime_s: float
    ready: bool
    detail: str


def describe_service(service: Service, processes: Mapping[str, ProcessState]) -> ServiceStatus:
    """The row of one service, from what the supervisor says and from asking the service itself."""
    own = [processes[name] for name in service.program_names if name in processes]
    if len(own) < len(service.program_names):
        return ServiceStatus(service.name, DOWN, None, 0.0, ready=False, detail="It is not started.")
    worst = min(own, key=lambda process: WORST_FIRST.index(process.state))
    detail = ""
    if not worst.state.alive:
        detail = (
            f"{worst.program} is {worst.state.lower()}{f': {worst.complaint}' if worst.complaint else ''}."
        )
    else:
        try:
            service.check(own[-1].pid)
        except NotAnswering as answer:
            detail = f"It does not answer: {answer}."
    front = own[-1]
    return ServiceStatus(
        service.name, worst.state.lower(), front.pid, front.uptime_s, ready=not detail, detail=detail
    )
