"""The schema that clients are generated from."""

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from scribe.settings import AuthSettings, Settings
from scribe_api.main import create_app

METHODS = {"get", "post", "patch", "put", "delete", "head"}
OPEN = {
    "read_setup",
    "set_up",
    "login",
    "refresh",
    "logout",
    "read_liveness",
    "read_readiness",
    "read_metrics",
}


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return create_app(Settings(_env_file=None, env="development", auth=AuthSettings(secret="x" * 32)))


@pytest.fixture(scope="module")
def schema(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def operations(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in schema["paths"].values():
        yield from (operation for method, operation in path.items() if method in METHODS)


def test_operation_ids_are_the_functions_names_and_unique(schema: dict[str, Any]) -> None:
    ids = [operation["operationId"] for operation in operations(schema)]
    assert len(set(ids)) == len(ids)
    assert {"upload_meeting", "list_meetings", "read_transcript", "follow_events", "login"} <= set(ids)


def test_every_operation_that_asks_who_calls_documents_the_refusals(schema: dict[str, Any]) -> None:
    for operation in operations(schema):
        if operation["operationId"] not in OPEN:
            examples = operation["responses"]["401"]["content"]["application/json"]["examples"]
            ours = {"NOT_AUTHENTICATED", "TOKEN_INVALID", "TOKEN_EXPIRED"}
            assert ({"invalid_api_key"} if operation["tags"] == ["openai"] else ours) <= set(examples)
            assert operation["security"]


def test_every_reference_leads_to_a_schema(schema: dict[str, Any]) -> None:
    named = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(schema)))
    assert named - {f"#/components/schemas/{name}" for name in schema["components"]["schemas"]} == set()


def test_no_operation_shows_the_frameworks_own_error_shape(schema: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in schema["components"]["schemas"]


def test_every_error_has_an_example_in_the_one_shape(schema: dict[str, Any]) -> None:
    for operation in operations(schema):
        for status, response in operation["responses"].items():
            if int(status) >= 400 and operation["operationId"] != "read_readiness":
                for code, example in response["content"]["application/json"]["examples"].items():
                    assert example["value"]["error"]["code"] == code


def test_the_upload_form_is_described(schema: dict[str, Any]) -> None:
    body = schema["paths"]["/api/v1/meetings"]["post"]["requestBody"]["content"]["multipart/form-data"]
    assert set(body["schema"]["properties"]) == {
        "file",
        "title",
        "project_id",
        "tags",
        "language",
        "speakers",
        "transcriber",
        "diariser",
        "transcriber_model",
        "diariser_model",
        "languages",
        "task",
        "vocabulary",
        "min_speakers",
        "max_speakers",
        "smooth_speakers",
        "options",
    }
    assert "415" in schema["paths"]["/api/v1/meetings"]["post"]["responses"]


async def test_the_documentation_loads_nothing_from_another_origin(app: FastAPI) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://scribe") as browser:
        page = await browser.get("/docs")
        assert page.status_code == 200
        assert re.findall(r"(?:https?:)?//[^\s\"'<>]+", page.text) == []
        loaded = re.findall(r"(?:src|href|url)[=:]\s*[\"']([^\"']+)", page.text)
        assert "/openapi.json" in loaded
        for address in loaded:
            assert (await browser.get(address)).status_code == 200
        assert (await browser.get("/redoc")).status_code == 404
