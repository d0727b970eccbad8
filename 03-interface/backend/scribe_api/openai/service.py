"""A recording comes in, its transcript goes out: an ordinary meeting is what happens in between."""

import asyncio
import uuid
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from fastapi import Request, Response
from sqlalchemy import update
from starlette.background import BackgroundTask

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
    forget = partial(_forget, gateway, principal, meeting_id)
    if not asked.keep:
        await _keep_a_day(gateway, meeting_id)
    if asked.stream:
        transcript = _streamed(gateway, meeting_id)
        answered = None if asked.keep else forget
        return stream(transcript, asked.response_format, str(meeting_id), answered=answered)
    meeting = await answerable(gateway, meeting_id, request)
    response = answer(await _transcript(gateway, meeting), asked, task)
    response.headers["X-Meeting-Id"] = str(meeting_id)
    response.background = None if asked.keep else BackgroundTask(forget)
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


async def _keep_a_day(gateway: Gateway, meeting_id: uuid.UUID) -> None:
    """For the case that nobody gets as far as to forget it: the work fails, or the client leaves."""
    async with gateway.database.transaction() as session:
        await session.execute(update(Meeting).where(Meeting.id == meeting_id).values(retention_days=1))


async def _streamed(gateway: Gateway, meeting_id: uuid.UUID) -> Transcript:
    return await _transcript(gateway, await completed(gateway, meeting_id))


async def _transcript(gateway: Gateway, meeting: Meeting) -> Transcript:
    """The transcript of a completed meeting."""
    if meeting.revision is None:
        raise ProcessingCancelled(meeting.id)
    async with gateway.database.transaction() as session:
        key = await document_key(session, meeting.id, meeting.revision)
    try:
        stored = await gateway.store.get_bytes(key)
    except ObjectNotFound as error:
        raise ProcessingCancelled(meeting.id) from error
    return await asyncio.to_thread(loads, stored)


async def _forget(gateway: Gateway, principal: Principal, meeting_id: uuid.UUID) -> None:
    """Delete the meeting, once its transcript has been sent: an answer that was cut leaves it for a day."""
    with suppress(MeetingNotFound):  # somebody else was quicker
        async with gateway.database.transaction() as session:
            meeting = await session.get(Meeting, meeting_id)
            if meeting is None:
                return
            await meetings.delete(session, meeting)
            note(session, principal, Act.MEETING_DELETED, project_id=meeting.project_id, subject=meeting_id)
    await meetings.delete_objects(gateway.store, meeting_id)
