"""The settings as environment variables, so that a process sees what the command that started it saw."""

import json
from collections.abc import Iterator

from pydantic import BaseModel, SecretStr

from scribe.settings import Settings

NOT_SET = ""
"""Covers a variable that the supervisor was once started with; an empty one counts as none."""


def as_variables(settings: Settings) -> dict[str, str]:
    """Every setting under the name by which ``Settings`` reads it back."""
    prefix = settings.model_config.get("env_prefix", "")
    return dict(_variables(settings, prefix, settings.model_config.get("env_nested_delimiter") or ""))


def _variables(group: BaseModel, prefix: str, delimiter: str) -> Iterator[tuple[str, str]]:
    for field in type(group).model_fields:
        name, value = f"{prefix}{field.upper()}", getattr(group, field)
        if isinstance(value, BaseModel):
            yield from _variables(value, f"{name}{delimiter}", delimiter)
        elif isinstance(value, SecretStr):
            yield name, value.get_secret_value()
        elif isinstance(value, list):
            yield name, json.dumps(value)
        else:
            yield name, NOT_SET if value is None else str(value)
