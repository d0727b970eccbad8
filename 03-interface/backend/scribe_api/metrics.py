"""What the gateway counts, and where Prometheus reads it."""

import asyncio

import structlog
from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import func, select, text

from scribe.db import DATABASE_ERRORS, Database
from scribe.db.models import Job, JobStatus
from scribe_api.access.deps import GatewayDep
from scribe_api.openapi import errors

log = structlog.get_logger(__name__)

PATIENCE_S = 3.0

HTTP_REQUESTS = Counter(
    "scribe_http_requests", "Requests by route template and status", ["method", "route", "status"]
)
HTTP_SECONDS = Histogram(
    "scribe_http_request_seconds",
    "Time from the first byte of a request to the last of its response",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600),
)
UPLOADED_BYTES = Counter("scribe_uploaded_bytes", "Bytes of recordings that were accepted")
JOBS = Gauge("scribe_jobs", "Open jobs by state; missing while the database does not answer", ["status"])
OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)
# Counted in the small index of open jobs, whatever lies behind them. The condition is written out: with
# parameters, PostgreSQL could not tell that the index fits.
OPEN_JOBS = (
    select(Job.status, func.count()).where(text("jobs.status in ('QUEUED','RUNNING')")).group_by(Job.status)
)

router = APIRouter(tags=["operations"])


@router.get("/metrics", responses=errors(), response_class=Response)
async def read_metrics(gateway: GatewayDep) -> Response:
    """This process's numbers in the text format of Prometheus, and how many jobs are open."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            counts = await _open_jobs(gateway.database)
    except DATABASE_ERRORS as error:
        log.warning("jobs_not_counted", reason=str(error) or type(error).__name__)
        JOBS.clear()
    else:
        for status in OPEN:
            JOBS.labels(status).set(counts.get(status, 0))
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _open_jobs(database: Database) -> dict[JobStatus, int]:
    """How many there are of each state."""
    async with database.transaction() as session:
        rows = await session.execute(OPEN_JOBS)
        return {JobStatus(status): count for status, count in rows}
