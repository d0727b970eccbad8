"""A recording comes in, its transcript goes out: an ordinary meeting is what happens in between."""

import asyncio
import uuid
from collections.abc import Sequence
from contextlib import suppress

from fastapi import Request, Response

from scribe.db.models import Meeting, Scope
from scribe.revisions.lookup import document_key
from scribe.storage import ObjectNotFound
from scribe.transcript.document import Transcript, loads
from scribe_api.access.deps import require_scope
from scribe_api.access.principals import Principal
from scribe_api.audit.trail import Act, note
from scribe_api.errors import MeetingNotFound
from scribe_api.gateway import Gateway
from scribe_api.meetings import service as meetings
from scribe_api.meetings.schemas import UploadFields
from scribe_api.meetings.upload import receive
from scribe_api.openai.answers import answer
from scribe_api.openai.catalogue import Catalogue
from scribe_api.openai.errors import ProcessingCancelled
from scribe_api.openai.fields import AudioFields, Task
from scribe_api.openai.streaming import stream
from scribe_api.openai.waiting import answerable, completed
from scribe_api.uploads import FormField


async def transcribe(gateway: Gateway, principal: Principal, request: Request, task: Task) -> Response:
    """Take the recording in, wait, and answer as asked.

    Raises what an upload does, UnknownModel, WorkersUnknown, ScopeTooSmall and the errors of ``waiting``.
    """
    require_scope(principal, Scope.READ)
    form = _Form(principal, task, await Catalogue.now(gateway))
    meeting_id = (await receive(gateway, principal, request, understand=form.read)).id
    asked = form.asked
    if asked.stream:
        transcript = _streamed(gateway, principal, meeting_id, asked)
        return stream(transcript, asked.response_format, str(meeting_id))
    meeting = await answerable(gateway, meeting_id, request)
    response = answer(await _transcript(gateway, principal, meeting, asked), asked, task)
    response.headers["X-Meeting-Id"] = str(meeting_id)
    return response


class _Form:
    """What the form asks for, as far as it has come in."""

    def __init__(self, principal: Principal, task: Task, catalogue: Catalogue) -> None:
        self._principal = principal
        self._task: Task = task
        self._catalogue = catalogue
        self.asked: AudioFields

    def read(self, fields: Sequence[FormField]) -> UploadFields:
        """The upload that is asked for; whoever wants it deleted afterwards must be allowed to."""
        self.asked = AudioFields.of(fields)
        if not self.asked.keep:
            require_scope(self._principal, Scope.DELETE)
        return self.asked.upload(self._task, self._catalogue)


async def _streamed(
    gateway: Gateway, principal: Principal, meeting_id: uuid.UUID, asked: AudioFields
) -> Transcript:
    return await _transcript(gateway, principal, await completed(gateway, meeting_id), asked)


async def _transcript(
    gateway: Gateway, principal: Principal, meeting: Meeting, asked: AudioFields
) -> Transcript:
    """The transcript of a completed meeting, which is deleted where that was asked for."""
    if meeting.revision is None:
        raise ProcessingCancelled(meeting.id)
    async with gateway.database.transaction() as session:
        key = await document_key(session, meeting.id, meeting.revision)
    try:
        stored = await gateway.store.get_bytes(key)
    except ObjectNotFound as error:
        raise ProcessingCancelled(meeting.id) from error
    transcript = await asyncio.to_thread(loads, stored)
    if not asked.keep:
        await _forget(gateway, principal, meeting)
    return transcript


async def _forget(gateway: Gateway, principal: Principal, meeting: Meeting) -> None:
    with suppress(MeetingNotFound):  # somebody else was quicker
        async with gateway.database.transaction() as session:
            await meetings.delete(session, await session.merge(meeting, load=False))
            note(session, principal, Act.MEETING_DELETED, project_id=meeting.project_id, subject=meeting.id)
    await meetings.delete_objects(gateway.store, meeting.id)
