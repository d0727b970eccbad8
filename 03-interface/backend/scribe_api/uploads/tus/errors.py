"""What can go wrong with a resumable upload."""

from scribe_api.errors import ApiError


class TusVersionUnsupported(ApiError):
    """The request names no version of the protocol, or one that is not spoken here."""

    status = 412
    code = "TUS_VERSION_UNSUPPORTED"
    message = "Resumable uploads speak tus 1.0.0: send the header `Tus-Resumable: 1.0.0`."

    @property
    def headers(self) -> dict[str, str]:
        """The versions that are spoken."""
        return {"Tus-Version": "1.0.0"}


class UploadNotFound(ApiError):
    """No such upload, or another's."""

    status = 404
    code = "UPLOAD_NOT_FOUND"
    message = "There is no upload with this id. It may have ended long ago: begin a new one."


class UploadExpired(ApiError):
    """Nothing came for too long."""

    status = 410
    code = "UPLOAD_EXPIRED"
    message = "This upload was not continued in time and its bytes are gone. Begin a new one."


class UploadFailed(ApiError):
    """The upload ended without a meeting."""

    status = 410
    code = "UPLOAD_FAILED"
    message = "This upload has failed: {reason} Begin a new one once that is put right."


class UploadLost(ApiError):
    """The object storage no longer has what it had confirmed."""

    status = 410
    code = "UPLOAD_LOST"
    message = (
        "The object storage has lost this upload. Begin a new one, and check the bucket's lifecycle rules."
    )


class WrongOffset(ApiError):
    """The bytes do not continue what is there."""

    status = 409
    code = "UPLOAD_OFFSET_WRONG"
    message = "The upload continues at byte {offset}. Ask for its state and send on from there."
    permanent = False

    @property
    def headers(self) -> dict[str, str]:
        """Where to continue."""
        return {"Upload-Offset": str(self.detail["offset"])}


class LengthChanged(ApiError):
    """An upload has one length."""

    status = 409
    code = "UPLOAD_LENGTH_CHANGED"
    message = "The upload's length was given before, or is less than what has arrived; it cannot change."


class UploadLocked(ApiError):
    """One writer at a time."""

    status = 423
    code = "UPLOAD_LOCKED"
    message = "Another request writes to this upload. Try again in a few seconds."
    permanent = False


class ChecksumMismatch(ApiError):
    """The bytes are not those that were sent."""

    status = 460
    code = "UPLOAD_CHECKSUM_MISMATCH"
    message = "The bytes do not have the announced checksum, so none of them counts. Send them again."
    permanent = False


class ChecksumUnknown(ApiError):
    """No checksum that could be verified."""

    status = 400
    code = "UPLOAD_CHECKSUM_UNKNOWN"
    message = "Upload-Checksum must be one of {algorithms}, a space and the checksum in Base64."


class WrongBodyType(ApiError):
    """The bytes of an upload have one content type."""

    status = 415
    code = "UPLOAD_BODY_TYPE"
    message = "Send the bytes as `Content-Type: application/offset+octet-stream`."


class HeaderMalformed(ApiError):
    """A header of the protocol cannot be read."""

    status = 400
    code = "UPLOAD_HEADER_MALFORMED"
    message = "The header {header} cannot be read: {problem}."


class UploadOverrun(ApiError):
    """More bytes than were announced."""

    status = 413
    code = "UPLOAD_OVERRUN"
    message = "These are more bytes than the {length} that were announced for this upload."


class FinalUploadFixed(ApiError):
    """A final upload gets its bytes from its parts."""

    status = 403
    code = "UPLOAD_FINAL"
    message = "This upload is put together from others; bytes cannot be sent to it."


class PiecesUnfinished(ApiError):
    """Only whole pieces can be put together."""

    status = 409
    code = "UPLOAD_PIECES_UNFINISHED"
    message = "Upload-Concat names an upload that is not a finished partial one of yours."


class UploadInterrupted(ApiError):
    """The body ended before its announced end."""

    status = 400
    code = "UPLOAD_INTERRUPTED"
    message = "The body ended too early. Ask where the upload stands and send on from there."
    permanent = False
