"""Why a recording finds no room."""

from scribe_api.errors import ApiError
from scribe_api.uploads import UploadTooLarge


class QuotaExceeded(ApiError):
    """A limit of the project or of the account stands in the way; ``whose`` says which."""

    status = 413


class QuotaBytesExceeded(QuotaExceeded):
    """Too many bytes are stored already."""

    code = "QUOTA_BYTES_EXCEEDED"
    message = (
        "Of the {limit} bytes that {whose} may store, {used} are in use or promised to uploads, and this "
        "needs {needed}. Delete recordings, or ask an administrator for more room."
    )


class QuotaMinutesExceeded(QuotaExceeded):
    """Too much audio was handed in this month already."""

    code = "QUOTA_MINUTES_EXCEEDED"
    message = (
        "Of the {limit} minutes of audio that {whose} may hand in a month, {used} are used, and this needs "
        "{needed}. Wait for the next month (UTC), or ask an administrator for more."
    )


class QuotaDurationExceeded(QuotaExceeded):
    """One recording is longer than any may be."""

    code = "QUOTA_DURATION_EXCEEDED"
    message = (
        "The recording lasts {needed} seconds, and {whose} may hand in {limit} seconds at once. "
        "Cut it into pieces, or ask an administrator for more."
    )


class RecordingTooLarge(UploadTooLarge):
    """One recording has more bytes than any may have."""

    message = (
        "The file has {needed} bytes, and {whose} may hand in {limit} bytes at once. "
        "Send a smaller one, or ask an administrator for more."
    )


QUOTA_ERRORS = (QuotaBytesExceeded, QuotaMinutesExceeded, QuotaDurationExceeded, RecordingTooLarge)
"""What ``admission`` raises."""
