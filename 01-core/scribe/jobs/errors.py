"""What can go wrong with a job itself."""

from scribe.errors import ScribeError


class JobLost(ScribeError):
    """The lease is no longer this worker's: the job was cancelled, deleted or given to another."""

    status = 409
    code = "JOB_LOST"
    message = "This job was cancelled or is being done by another worker."


class WorkerLost(ScribeError):
    """Every attempt ended with a worker that died."""

    code = "WORKER_LOST"
    message = (
        "Processing was interrupted {attempts} times because the worker died. "
        "Retry the meeting; if it happens again, look at `./manage.sh logs gpu`."
    )


class NothingToCancel(ScribeError):
    """The meeting is neither waiting nor being processed."""

    status = 409
    code = "NOTHING_TO_CANCEL"
    message = "This meeting is not being processed, so there is nothing to cancel."
