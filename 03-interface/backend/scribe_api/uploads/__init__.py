"""Read multipart/form-data as it arrives, so that a recording goes from socket to S3, not to a disk."""

from scribe_api.uploads.errors import FieldTooLarge, MalformedForm, UploadIncomplete, UploadTooLarge
from scribe_api.uploads.form import FormField, FormFile, FormLimits, FormPart
from scribe_api.uploads.reader import read_form

__all__ = [
    "FieldTooLarge",
    "FormField",
    "FormFile",
    "FormLimits",
    "FormPart",
    "MalformedForm",
    "UploadIncomplete",
    "UploadTooLarge",
    "read_form",
]
