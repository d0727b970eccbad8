"""What can be done to a transcript: edit it, replace a text in it, restore an old revision."""

import asyncio
import dataclasses
from collections import Counter

from pydantic import JsonValue
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Meeting, RevisionKind
from scribe.revisions.current import Origin
from scribe.revisions.lookup import document_key
from scribe.transcript.document import Transcript, loads
from scribe.transcript.editing import Hit, apply, changes, replace
from scribe_api.access.principals import Principal
from scribe_api.gateway import Gateway
from scribe_api.transcripts.glossary import teach
from scribe_api.transcripts.preconditions import Seen
from scribe_api.transcripts.revising import Edit, revise, stored_document, wanted_revision
from scribe_api.transcripts.schemas import HitRead, Operations, Replace, Replaced, Revised


async def edit(
    gateway: Gateway, principal: Principal, meeting: Meeting, seen: Seen, asked: Operations
) -> Revised:
    """Apply the operations. Raises those of ``revise`` and the kinds of EditRefused."""
    counted: dict[str, JsonValue] = {**Counter(operation.op for operation in asked.operations)}
    made = await revise(
        gateway,
        principal,
        meeting,
        seen,
        lambda document, last_id: apply(document, asked.operations, last_id),
        _by(principal, RevisionKind.EDIT, operations=counted),
    )
    return await _told(made)


async def find_and_replace(
    gateway: Gateway, principal: Principal, meeting: Meeting, seen: Seen, asked: Replace
) -> Replaced:
    """Replace every occurrence, or only find them. Raises as ``edit``, GlossaryFull, ProjectNotFound."""
    hits: tuple[Hit, ...] = ()

    def change(document: Transcript, last_id: int) -> Transcript:
        nonlocal hits
        after, hits = replace(document, asked.wanted, last_id)
        return document if asked.dry_run else after

    async def learn(session: AsyncSession) -> None:
        if asked.add_to_glossary:
            await teach(session, principal, meeting.project_id, heard=asked.find, meant=asked.replace)

    origin = _by(principal, RevisionKind.REPLACE, find=asked.find, replace=asked.replace)
    made = await revise(gateway, principal, meeting, seen, change, origin, within=learn)
    told = await _told(made)
    return Replaced(
        **dict(told),
        count=sum(hit.count for hit in hits),
        hits=[HitRead.of(hit) for hit in hits],
        added_to_glossary=asked.add_to_glossary and made.after is not made.before,
    )


async def restore(
    gateway: Gateway, principal: Principal, meeting: Meeting, seen: Seen, number: int
) -> Revised:
    """Make an old revision the newest. Raises RevisionNotFound, and those of ``revise``."""
    async with gateway.database.transaction() as session:
        await wanted_revision(session, meeting, number)
        key = await document_key(session, meeting.id, number)
    old = await asyncio.to_thread(loads, await stored_document(gateway.store, meeting, key))

    def change(document: Transcript, _last_id: int) -> Transcript:
        same = old.model_copy(update={"revision": document.revision}) == document
        return document if same else old

    origin = dataclasses.replace(_by(principal, RevisionKind.RESTORE), restored_from=number)
    return await _told(await revise(gateway, principal, meeting, seen, change, origin))


def _by(principal: Principal, kind: RevisionKind, **summary: JsonValue) -> Origin:
    return Origin(kind=kind, actor=principal.label, created_by=principal.acts_for, summary=summary)


async def _told(made: Edit) -> Revised:
    changed = await asyncio.to_thread(changes, made.before, made.after)
    return Revised(**dict(changed), revision=made.after.revision)
