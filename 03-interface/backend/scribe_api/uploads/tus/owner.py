"""Whose an upload is: only who began it may go on with it, see it or end it."""

import uuid
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import ApiKey, Upload, UploadState, User
from scribe_api.access.deps import find_project
from scribe_api.access.principals import KeyHolder, Person, Principal, Service
from scribe_api.access.visibility import Permission
from scribe_api.errors import ApiKeyInvalid, InvalidToken
from scribe_api.uploads.tus.errors import UploadExpired, UploadFailed, UploadNotFound


def mark(upload: Upload, principal: Principal) -> None:
    """Make the upload the caller's."""
    upload.created_by = principal.acts_for
    if isinstance(principal, Person):
        upload.family_id = principal.family_id
    elif isinstance(principal, KeyHolder):
        upload.api_key_id = principal.key.id


def belongs_to(principal: Principal) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The condition under which an upload is the caller's: a person's in any session, a key's by that key."""
    match principal:
        case Person(user=user):
            return Upload.created_by == user.id, Upload.api_key_id.is_(None)
        case KeyHolder(key=key):
            return Upload.created_by == key.created_by, Upload.api_key_id == key.id
        case Service():
            return Upload.created_by.is_(None), Upload.api_key_id.is_(None)


async def find_upload(session: AsyncSession, principal: Principal, upload_id: uuid.UUID) -> Upload:
    """The caller's upload. Raises UploadNotFound, and what ``find_project`` raises to who may not upload."""
    found = await session.scalar(select(Upload).where(Upload.id == upload_id, *belongs_to(principal)))
    if found is None:
        raise UploadNotFound
    await find_project(session, principal, found.project_id, Permission.UPLOAD)
    return found


async def owner(session: AsyncSession, upload: Upload) -> Principal:
    """Who began the upload, for what is finished without a request. Raises ApiKeyInvalid, InvalidToken."""
    if upload.api_key_id is not None:
        key = await session.get(ApiKey, upload.api_key_id)
        if key is None:
            raise ApiKeyInvalid
        return KeyHolder(key)
    if upload.created_by is None:
        return Service()
    user = await session.get(User, upload.created_by)
    if user is None or upload.family_id is None:
        raise InvalidToken
    return Person(user, upload.family_id)


def require_alive(upload: Upload) -> None:
    """Raises UploadExpired and UploadFailed."""
    overdue = upload.state == UploadState.OPEN and upload.expires_at <= datetime.now(UTC)
    if upload.state == UploadState.EXPIRED or overdue:
        raise UploadExpired
    if upload.state == UploadState.FAILED:
        raise UploadFailed(reason=upload.error_message, error=upload.error_code)
