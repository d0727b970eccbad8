"""What a correction teaches the project: the engines are told before its next transcription."""

import uuid

from pydantic import JsonValue
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.wishes import MOST_TERMS
from scribe_api.access.deps import find_project
from scribe_api.access.principals import Principal
from scribe_api.access.visibility import Permission
from scribe_api.audit.trail import Act, note
from scribe_api.projects.schemas import MOST_ENTRIES, GlossaryEntry
from scribe_api.transcripts.errors import GlossaryFull


async def teach(
    session: AsyncSession, principal: Principal, project_id: uuid.UUID, *, heard: str, meant: str
) -> None:
    """Put the pair into the project's glossary, and what is meant into the vocabulary that it wishes for.

    Whoever may edit its transcripts may teach it, for it opens nothing to anybody: managing the project is
    about members, keys and limits. An older entry for the same words gives way.
    Raises GlossaryFull, and those of ``find_project``.
    """
    project = await find_project(session, principal, project_id, Permission.EDIT, lock=True)
    others = [entry for entry in project.glossary if entry["heard"].casefold() != heard.casefold()]
    vocabulary = list(dict.fromkeys([*project.options.get("vocabulary", []), meant]))
    if len(others) >= MOST_ENTRIES or len(vocabulary) > MOST_TERMS:
        raise GlossaryFull
    project.glossary = [*others, GlossaryEntry(heard=heard, meant=meant).model_dump()]
    project.options = {**project.options, "vocabulary": vocabulary}
    taught: dict[str, JsonValue] = {"heard": heard, "meant": meant}
    note(session, principal, Act.PROJECT_CHANGED, project_id=project_id, subject=project_id, taught=taught)
