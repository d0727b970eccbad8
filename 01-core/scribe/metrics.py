"""What is counted, in Prometheus terms; each process serves its own numbers."""

from prometheus_client import Counter, Histogram

JOBS_SETTLED = Counter(
    "scribe_jobs_settled", "Attempts at a job that ended, by how they ended", ["kind", "outcome"]
)
STAGE_SECONDS = Histogram(
    "scribe_stage_seconds",
    "Wall time of a pipeline stage",
    ["stage"],
    buckets=(0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200),
)
AUDIO_SECONDS = Counter("scribe_audio_seconds", "Seconds of audio that were transcribed")
