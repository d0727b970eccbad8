"""The state machine of a job: enqueue, claim, heartbeat, finish, fail, cancel, sweep.

Nothing outside this package changes a job's state.
"""

from scribe.jobs.errors import JobLost, NothingToCancel, WorkerLost
from scribe.jobs.lease import Lease, advance, claim, fail, finish, heartbeat, hold, release, still_held
from scribe.jobs.places import WAITING, ring_waiting
from scribe.jobs.queueing import cancel, cancel_all, enqueue
from scribe.jobs.sweep import ring_overdue, sweep_expired_leases

__all__ = [
    "WAITING",
    "JobLost",
    "Lease",
    "NothingToCancel",
    "WorkerLost",
    "advance",
    "cancel",
    "cancel_all",
    "claim",
    "enqueue",
    "fail",
    "finish",
    "heartbeat",
    "hold",
    "release",
    "ring_overdue",
    "ring_waiting",
    "still_held",
    "sweep_expired_leases",
]
