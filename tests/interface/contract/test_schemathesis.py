"""What the OpenAPI document promises, tried with thousands of requests that nobody would think of."""

from random import Random
from typing import Any

import hypothesis
import pytest
import requests
import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, SerializationContext
from schemathesis.config import (
    ChecksConfig,
    GenerationConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)
from schemathesis.specs.openapi.checks import ignored_auth

from interface.contract.conftest import World
from scribe.settings import AuthSettings, Settings
from scribe_api.main import create_app

pytestmark = pytest.mark.integration

WANTED = 5000
FEW = 10
"""Cases for an operation that takes nothing: they can differ in who calls only."""
PATIENCE_S = 120
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
ENDLESS = {"follow_events"}
"""Its answer has no end, and these cases read all of it; tests/interface/events has it."""
OPEN = {"logout"}
"""It uses credentials where they come and does without: whoever is not signed in is signed out."""
BEYOND_THE_SCHEMA = [
    "2xx",
    "3xx",
    "400",
    "401",
    "403",
    "404",
    "409",
    "412",
    "413",
    "415",
    "416",
    "422",
    "429",
]
"""What fits the schema may break a rule that JSON Schema has no words for: an end before its start."""

REFUSALS = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "416", "422", "428", "429"]
"""412 among them: tus looks at the protocol's version before anything else."""


CHECKS = ChecksConfig()
CHECKS.negative_data_rejection.expected_statuses = REFUSALS
CHECKS.positive_data_acceptance.expected_statuses = BEYOND_THE_SCHEMA


@schemathesis.serializer("application/offset+octet-stream")
def offset_octet_stream(_: SerializationContext, value: Any) -> bytes:
    """The bytes of a resumable upload, or whatever stands in their place."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


DOCUMENT: dict[str, Any] = create_app(
    Settings(_env_file=None, env="development", auth=AuthSettings(secret="x" * 32))
).openapi()
SCHEMA = schemathesis.openapi.from_dict(
    DOCUMENT,
    config=SchemathesisConfig(
        projects=ProjectsConfig(
            default=ProjectConfig(
                generation=GenerationConfig(with_security_parameters=False),
                checks=CHECKS,
            )
        )
    ),
)
OPERATIONS = {
    operation["operationId"]: (
        path,
        method,
        bool(operation.get("parameters") or operation.get("requestBody")),
    )
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if method in METHODS and operation["operationId"] not in ENDLESS
}
WIDE = sum(takes_something for _, _, takes_something in OPERATIONS.values())
MANY = -(-(WANTED - FEW * (len(OPERATIONS) - WIDE)) // WIDE)


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_request_meets_what_the_document_does_not_tell(world: World, name: str) -> None:
    path, method, takes_something = OPERATIONS[name]
    wanted = MANY if takes_something else FEW
    operation = SCHEMA[path][method.upper()]
    callers = [world.as_admin(), world.as_key()]
    client = requests.Session()
    tried = 0

    @hypothesis.settings(
        max_examples=wanted,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    @hypothesis.given(
        case=st.one_of(*(operation.as_strategy(mode) for mode in GenerationMode)),
        seed=st.integers(0, (1 << 63) - 1),
    )
    def try_it(case: Case[Any], seed: int) -> None:
        nonlocal tried
        choices = Random(seed)  # noqa: S311  (no secret)
        for parameter, known in world.ids.items():
            if parameter in (case.path_parameters or {}) and choices.random() < 0.7:
                case.path_parameters[parameter] = choices.choice(known)
        tried += 1
        case.call_and_validate(
            base_url=world.address,
            session=client,
            timeout=PATIENCE_S,
            headers=choices.choice(callers),
            excluded_checks=[ignored_auth] if name in OPEN or tried > FEW else [],
        )

    with client:
        try_it()
    assert tried >= wanted


def test_it_is_thousands_of_cases() -> None:
    assert MANY * WIDE + FEW * (len(OPERATIONS) - WIDE) >= WANTED
