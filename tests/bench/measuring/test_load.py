"""The load benchmark in small: every kind of request is made, and a failure is not overlooked."""

import asyncio

import pytest

from bench import load
from scribe.settings import Settings


@pytest.fixture
def shared(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """What the processes of the benchmark read from the environment, for they are the product's own."""
    for name, value in {
        "S3__ENDPOINT": settings.s3.endpoint,
        "S3__BUCKET": settings.s3.bucket,
        "S3__ACCESS_KEY": settings.s3.access_key.get_secret_value(),
        "S3__SECRET_KEY": settings.s3.secret_key.get_secret_value(),
        "AUTH__SECRET": settings.auth.secret.get_secret_value(),
        "STACK__VOLUMES": str(settings.stack.volumes),
        "JOBS__SWEEP_S": "1",
    }.items():
        monkeypatch.setenv(f"SCRIBE_{name}", value)
    return settings


def test_a_small_crowd_is_served_and_nothing_fails(shared: Settings) -> None:
    figures = asyncio.run(load.measure(shared, crowds=(10,), seconds=20))
    assert figures["users_10_errors"] == 0
    assert {f"users_10_{kind}_p99_ms" for kind in ("upload", "poll", "list")} <= figures.keys(), figures
    assert figures["users_10_p50_ms"] <= figures["users_10_p99_ms"]


@pytest.mark.parametrize(
    ("failures", "kinds", "fine"),
    [(0, load.KINDS, True), (1, load.KINDS, False), (0, load.KINDS[1:], False), (0, (), False)],
)
def test_one_failure_is_one_too_many_and_silence_is_no_success(
    failures: int, kinds: tuple[str, ...], *, fine: bool
) -> None:
    entries = [
        load.Entry(name=kind, num_requests=9, num_failures=failures, response_times={5: 9}) for kind in kinds
    ]
    assert load.ok(load.Phase(10, 1, entries).figures()) is fine


def test_percentiles_are_of_the_whole_histogram() -> None:
    assert load.percentiles("", {10: 98, 500: 1, 900: 1}) == {"p50_ms": 10, "p99_ms": 500}
