"""What the gateway counts, and where Prometheus reads it."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import func, select

from scribe.db.models import Job, JobStatus
from scribe_api.deps import DbSession
from scribe_api.openapi import errors

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
JOBS = Gauge("scribe_jobs", "Jobs by state, as the database has them now", ["status"])

router = APIRouter(tags=["operations"])


@router.get("/metrics", responses=errors(), response_class=Response)
async def read_metrics(session: DbSession) -> Response:
    """This process's numbers in the text format of Prometheus."""
    rows = await session.execute(select(Job.status, func.count()).group_by(Job.status))
    counts = {JobStatus(status): count for status, count in rows}
    for status in JobStatus:
        JOBS.labels(status).set(counts.get(status, 0))
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
