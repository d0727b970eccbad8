"""The web app has words, in both languages, for every code that a person can meet there."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scribe.settings import REPOSITORY, AuthSettings, Settings
from scribe_api.main import PREFIX, create_app

MESSAGES = REPOSITORY / "03-interface" / "frontend" / "messages"
LANGUAGES = ("en", "fr")
CORE = REPOSITORY / "01-core" / "scribe"
WORKERS = REPOSITORY / "02-workers" / "scribe_worker"
GATEWAY = REPOSITORY / "03-interface" / "backend" / "scribe_api"
NOTICES = {"Notice", "Warned"}
FOR_PROGRAMS = {
    "API_KEY_INVALID",
    "BAD_REQUEST",
    "FILE_MISSING",
    "MALFORMED_FORM",
    "PERSON_REQUIRED",
    "PROJECT_REQUIRED",
    "RANGE_NOT_SATISFIABLE",
    "REVISION_REQUIRED",
    "SCOPE_TOO_SMALL",
    "SECOND_FILE",
    "TUS_VERSION_UNSUPPORTED",
    "UPLOAD_BODY_TYPE",
    "UPLOAD_CHECKSUM_UNKNOWN",
    "UPLOAD_FINAL",
    "UPLOAD_HEADER_MALFORMED",
    "UPLOAD_LENGTH_CHANGED",
    "UPLOAD_OFFSET_WRONG",
    "UPLOAD_OVERRUN",
    "UPLOAD_PIECES_UNFINISHED",
}
"""What the app itself never provokes."""
ENDS_NO_JOB = ("evaluation", "models", "net", "transcript/editing")
"""Folders of core whose errors are those of commands and of editing."""
OF_OTHERS = {"JOB_LOST", "NOTHING_TO_CANCEL"}
"""Of jobs that somebody else has by now."""


def known(language: str) -> set[str]:
    told = json.loads((MESSAGES / language / "errors.json").read_text())["known"]
    return {code for code, words in told.items() if words["title"] and words["advice"]}


def documented() -> set[str]:
    app = create_app(Settings(_env_file=None, env="development", auth=AuthSettings(secret="x" * 32)))
    return {
        code
        for path, methods in app.openapi()["paths"].items()
        if path.startswith(PREFIX)
        for operation in methods.values()
        for code in examples(operation)
    }


def examples(operation: dict[str, Any]) -> Iterator[str]:
    for response in operation["responses"].values():
        for content in response.get("content", {}).values():
            yield from content.get("examples", {})


def trees(*folders: Path) -> Iterator[ast.AST]:
    for folder in folders:
        for source in folder.rglob("*.py"):
            yield from ast.walk(ast.parse(source.read_text()))


def failures() -> set[str]:
    """The codes of the errors that core and the workers define, but for those that end no job."""
    folders = [
        folder
        for folder in CORE.rglob("*/")
        if not folder.relative_to(CORE).as_posix().startswith(ENDS_NO_JOB)
    ]
    found = {code for folder in [CORE, *folders] for code in errors_in(folder.glob("*.py"))}
    return (found | set(errors_in(WORKERS.rglob("*.py")))) - OF_OTHERS


def errors_in(sources: Iterator[Path]) -> Iterator[str]:
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.ClassDef):
                yield from codes_of(node)


def codes_of(error: ast.ClassDef) -> Iterator[str]:
    for statement in error.body:
        match statement:
            case ast.Assign(targets=[ast.Name("code")], value=ast.Constant(str(code))):
                yield code
            case ast.AnnAssign(target=ast.Name("code"), value=ast.Constant(str(code))):
                yield code


def warnings() -> set[str]:
    """The codes that notices are made with: written there, or a constant that is called as it reads."""
    codes = set()
    for node in trees(CORE, WORKERS, GATEWAY):
        match node:
            case ast.Call(func=ast.Name(name), args=args, keywords=keywords) if name in NOTICES:
                named = [keyword.value for keyword in keywords if keyword.arg == "code"]
                match [*named, *args]:
                    case [ast.Constant(str(code)), *_]:
                        codes.add(code)
                    case [ast.Name(code), *_] if code.isupper():
                        codes.add(code)
    return codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_of_the_gateway_has_words(language: str) -> None:
    assert documented() - FOR_PROGRAMS - known(language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_of_a_meeting_has_words(language: str) -> None:
    assert {"INTERNAL", "WORKER_LOST", "MEDIA_CORRUPT", "ENGINE_CRASHED", "STORAGE_FULL"} <= failures()
    assert failures() - known(language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_warning_of_a_transcript_has_words(language: str) -> None:
    assert {"ENGINE_FALLBACK", "BLOCK_FAILED", "MEDIA_DAMAGED"} <= warnings()
    assert warnings() - known(language) == set()


def test_what_is_for_programs_is_still_told_by_some_answer() -> None:
    assert FOR_PROGRAMS - documented() == set()
