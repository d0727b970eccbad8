"""Whether so many bytes may come in, asked when the length is told and, while it is not, as they come."""

from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Project, Upload
from scribe.settings import Settings
from scribe_api.quotas import admission
from scribe_api.uploads.errors import UploadTooLarge
from scribe_api.uploads.tus.errors import UploadNotFound

MIB = 1 << 20


async def admit_bytes(session: AsyncSession, settings: Settings, upload: Upload, size: int) -> None:
    """The upload itself, and the pieces it is made of, are not counted beside them.

    Raises UploadTooLarge and the errors of ``quotas.admission``.
    """
    limit = settings.api.max_upload_mib * MIB
    if size > limit:
        raise UploadTooLarge(limit=limit)
    project = await session.get(Project, upload.project_id)
    if project is None:
        raise UploadNotFound
    await admission.admit_bytes(
        session, settings.quotas, project, upload.created_by, size, meeting_id=upload.meeting_id
    )
