"""Projects as clients see and change them."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field, JsonValue, StringConstraints, model_validator

from scribe.db.models import Project, ProjectRole
from scribe_api.access.visibility import Permission
from scribe_api.meetings.wishes import WishFields
from scribe_api.schemas import Line, Schema, Text

MOST_ENTRIES = 1000

ProjectName = Annotated[
    Line, StringConstraints(min_length=1, max_length=200), Field(examples=["Product council"])
]
_Description = Annotated[Text, StringConstraints(max_length=2000)]
_Term = Annotated[Line, StringConstraints(min_length=1, max_length=200)]


class GlossaryEntry(Schema):
    """What engines tend to hear, and what is meant by it."""

    heard: _Term = Field(examples=["graph anna"])
    meant: _Term = Field(examples=["Grafana"])


Glossary = Annotated[list[GlossaryEntry], Field(max_length=MOST_ENTRIES)]
_Days = Annotated[int, Field(ge=1, le=36_500)]


class ProjectRead(BaseModel):
    """A project, and what the caller is in it."""

    id: uuid.UUID
    name: str
    description: str
    personal: bool = Field(description="Somebody's own project: never shared, never deleted.")
    role: ProjectRole | None = Field(description="Yours as a member; null: an administrator or a program.")
    permissions: list[Permission] = Field(description="What you may do in it.")
    meetings: int
    language: str | None = Field(description="Asked for where the upload names none; null: find out.")
    options: dict[str, Any] = Field(description="Asked of the engines where the upload says nothing else.")
    glossary: list[GlossaryEntry]
    retention_days: int | None = Field(
        description="Days until meetings that say nothing else are deleted; null: as the instance has it."
    )
    created_at: datetime
    updated_at: datetime


class ProjectList(BaseModel):
    """Your projects, by name, your personal one first; administrators see all."""

    items: list[ProjectRead]


class _ProjectFields(WishFields):
    description: _Description | None = None
    glossary: Glossary | None = None
    retention_days: _Days | None = Field(
        default=None, description="Meetings are deleted this many days after they were handed in."
    )

    def wishes(self, before: Mapping[str, Any]) -> tuple[str | None, dict[str, JsonValue]]:
        """The language and the options that the project then has.

        The number of speakers has a column in meetings and none here, so it is kept among the options.
        Raises ValidationError where they contradict one another.
        """
        asked = self.asked(before)
        speakers: dict[str, JsonValue] = {} if asked.speakers is None else {"speakers": asked.speakers}
        return asked.language, {**asked.stored, **speakers}


class ProjectCreate(_ProjectFields):
    """A new project; whoever makes it owns it."""

    name: ProjectName


class ProjectPatch(_ProjectFields):
    """What to change; what is left out stays, and null takes a wish or the retention away."""

    name: ProjectName | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("name at least one thing to change")
        for name in ("name", "description", "glossary"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


def shown(
    project: Project, role: ProjectRole | None, permissions: frozenset[Permission], meetings: int
) -> ProjectRead:
    """The project as this caller sees it."""
    return ProjectRead(
        id=project.id,
        name=project.name,
        description=project.description,
        personal=project.personal_of is not None,
        role=role,
        permissions=sorted(permissions),
        meetings=meetings,
        language=project.language,
        options=project.options,
        glossary=[GlossaryEntry.model_validate(entry) for entry in project.glossary],
        retention_days=project.retention_days,
        created_at=project.created_at,
        updated_at=project.updated_at,
    )
