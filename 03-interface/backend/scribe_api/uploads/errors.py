"""What can be wrong with a form that is sent to us."""

from scribe.errors import ScribeError


class MalformedForm(ScribeError):
    """The body is not the multipart/form-data that its header announces."""

    status = 400
    code = "MALFORMED_FORM"
    message = "The form cannot be read: {reason}. Send it as multipart/form-data with a boundary."
    permanent = True


class FieldTooLarge(ScribeError):
    """A field that is not a file is longer than any such field needs to be."""

    status = 413
    code = "FIELD_TOO_LARGE"
    message = "The field {field} is longer than {limit} bytes. Shorten it; only the file may be large."
    permanent = True


class UploadTooLarge(ScribeError):
    """The file is larger than this installation takes."""

    status = 413
    code = "UPLOAD_TOO_LARGE"
    message = (
        "The file is larger than {limit} bytes. Send a smaller one, or raise SCRIBE_API__MAX_UPLOAD_MIB."
    )
    permanent = True


class UploadIncomplete(ScribeError):
    """The body ended before the form did: the connection was lost or the client gave up."""

    status = 400
    code = "UPLOAD_INCOMPLETE"
    message = "The upload ended before the whole file had arrived. Nothing was kept: send it again."
