"""Every error that only the HTTP gateway can answer with."""

from typing import ClassVar

from scribe.errors import ScribeError


class ApiError(ScribeError):
    """An error whose response carries headers of its own."""

    permanent = True

    @property
    def headers(self) -> dict[str, str]:
        """What the response says beside its body."""
        return {}


class InvalidRequest(ApiError):
    """A field of the request has a value that is not allowed."""

    status = 422
    code = "VALIDATION_ERROR"
    message = "The request is not valid. `detail.fields` names each field and what is wrong with it."


class AddressNotFound(ApiError):
    """No route has this path."""

    status = 404
    code = "NOT_FOUND"
    message = "There is nothing under this address. The addresses are listed at /docs."


class MethodNotAllowed(ApiError):
    """The path exists, the method does not."""

    status = 405
    code = "METHOD_NOT_ALLOWED"
    message = "This address does not take that method. `Allow` lists those it takes."


class BodyTooLarge(ApiError):
    """A request that carries no recording is larger than any such request needs to be."""

    status = 413
    code = "BODY_TOO_LARGE"
    message = "The request is too large. Recordings go to POST /api/v1/meetings."


class BadRequest(ApiError):
    """The request cannot be read at all."""

    status = 400
    code = "BAD_REQUEST"
    message = "The request cannot be read. Check its body and its Content-Type."


class EventsUnavailable(ScribeError):
    """Redis does not answer, so nobody can be told what changes."""

    status = 503
    code = "EVENTS_UNAVAILABLE"
    message = "Live events are not available at the moment. Try again in a few seconds."
    outage = True


class _Unauthorised(ApiError):
    status = 401
    challenge: ClassVar[str] = "Bearer"

    @property
    def headers(self) -> dict[str, str]:
        """The challenge that RFC 6750 asks for."""
        return {"WWW-Authenticate": self.challenge}


class WorkersUnknown(ScribeError):
    """Redis does not answer, so nobody knows which workers there are."""

    status = 503
    code = "WORKERS_UNKNOWN"
    message = "Nobody knows at the moment which workers there are. Try again in a few seconds."
    outage = True


class NotAuthenticated(_Unauthorised):
    """No token came with the request."""

    code = "NOT_AUTHENTICATED"
    message = "Sign in first: send an access token as `Authorization: Bearer …` or as a cookie."


class InvalidToken(_Unauthorised):
    """The access token is not one of ours, or its session has ended."""

    code = "TOKEN_INVALID"
    message = "This access token is not valid. Sign in again."
    challenge = 'Bearer error="invalid_token"'


class ExpiredToken(_Unauthorised):
    """The access token was one of ours."""

    code = "TOKEN_EXPIRED"
    message = "This access token has expired. Refresh it, or sign in again."
    challenge = 'Bearer error="invalid_token", error_description="expired"'


class WrongCredentials(_Unauthorised):
    """The address is unknown, the password is wrong or the account is switched off: never said which."""

    code = "WRONG_CREDENTIALS"
    message = "The e-mail address or the password is wrong."


class InvalidRefreshToken(_Unauthorised):
    """The refresh token is unknown, expired or revoked."""

    code = "REFRESH_TOKEN_INVALID"
    message = "This session has ended. Sign in again."


class RefreshTokenReused(_Unauthorised):
    """A refresh token came back that was used before, so one of its two holders stole it."""

    code = "REFRESH_TOKEN_REUSED"
    message = "This refresh token was used before, so its session was ended for safety. Sign in again."


class WrongPassword(ApiError):
    """The current password, asked for again before a change, is wrong."""

    status = 403
    code = "WRONG_PASSWORD"
    message = "The current password is wrong. Nothing was changed."


class ApiKeyInvalid(_Unauthorised):
    """The API key is unknown, expired or revoked, or whoever made it has left."""

    code = "API_KEY_INVALID"
    message = "This API key is not valid any more, or never was. An owner of the project can make a new one."


class PersonRequired(ApiError):
    """A key cannot do what takes a person."""

    status = 403
    code = "PERSON_REQUIRED"
    message = "This takes a person who is signed in; API keys cannot do it."


class RoleTooSmall(ApiError):
    """The caller sees the project but may not do this in it."""

    status = 403
    code = "ROLE_TOO_SMALL"
    message = "Your role in this project does not allow to {needed}. Ask one of its owners."


class ScopeTooSmall(ApiError):
    """The key's project is right, its scopes are not."""

    status = 403
    code = "SCOPE_TOO_SMALL"
    message = "This API key lacks the scope '{scope}'. Make one that has it."


class ProjectNotFound(ApiError):
    """No such project, or the caller is not in it."""

    status = 404
    code = "PROJECT_NOT_FOUND"
    message = "There is no project with this id."


class ProjectRequired(ApiError):
    """The caller has no project of its own."""

    status = 422
    code = "PROJECT_REQUIRED"
    message = "Name the project that the recording belongs to: the internal key has none of its own."


class AdminsOnly(ApiError):
    """Only administrators may do this."""

    status = 403
    code = "ADMINS_ONLY"
    message = "Only administrators may do this. Ask one of them."


class OperatorsOnly(ApiError):
    """An account that may only read can neither found a project nor look into the system."""

    status = 403
    code = "OPERATORS_ONLY"
    message = "Your account may only read what others share. Ask an administrator to make it an operator."


class UserNotFound(ApiError):
    """No such account."""

    status = 404
    code = "USER_NOT_FOUND"
    message = "There is no account with this id."


class EmailTaken(ApiError):
    """Two accounts cannot share an e-mail address."""

    status = 409
    code = "EMAIL_TAKEN"
    message = "There is an account with the address {email} already."


class LastAdministrator(ApiError):
    """An instance without an administrator could not be administered any more."""

    status = 409
    code = "LAST_ADMINISTRATOR"
    message = "This is the last active administrator. Make somebody else an administrator first."


class UserHasMeetings(ApiError):
    """Deleting the account would orphan its recordings."""

    status = 409
    code = "USER_HAS_MEETINGS"
    message = (
        "{meetings} meetings lie in this account's personal project. Delete or move them first, "
        "or set `active` to false."
    )


class MeetingNotFound(ApiError):
    """No such meeting, or not the asker's."""

    status = 404
    code = "MEETING_NOT_FOUND"
    message = "There is no meeting with this id."


class MeetingNotRetryable(ApiError):
    """Only what ended without a transcript, or without a part of it, can be tried again."""

    status = 409
    code = "MEETING_NOT_RETRYABLE"
    message = "Only a failed, cancelled or incomplete meeting can be retried; this one is {status}."


class TranscriptNotReady(ApiError):
    """The meeting has no transcript yet."""

    status = 409
    code = "TRANSCRIPT_NOT_READY"
    message = "This meeting has no transcript yet; it is {status}."


class AudioNotReady(ApiError):
    """The playback rendition is made by the first stage of processing."""

    status = 409
    code = "AUDIO_NOT_READY"
    message = "The audio is not prepared yet; the meeting is {status}. `rendition=source` gives the upload."


class PeaksNotReady(ApiError):
    """The waveform is made by the first stage of processing."""

    status = 409
    code = "PEAKS_NOT_READY"
    message = "The waveform is not drawn yet; the meeting is {status}."


class RangeNotSatisfiable(ApiError):
    """The Range header asks for bytes that the object does not have."""

    status = 416
    code = "RANGE_NOT_SATISFIABLE"
    message = "The requested range lies outside the {size} bytes of this object."

    @property
    def headers(self) -> dict[str, str]:
        """The object's real size, as RFC 9110 asks for."""
        return {"Content-Range": f"bytes */{self.detail['size']}"}


class InvalidCursor(ApiError):
    """The cursor was not handed out by this list."""

    status = 400
    code = "CURSOR_INVALID"
    message = "This cursor is not valid. Start the list again without one."


class FileMissing(ApiError):
    """A meeting begins with a recording."""

    status = 422
    code = "FILE_MISSING"
    message = "The form has no file. Send the recording as the part named `file`."


class SecondFile(ApiError):
    """One meeting is one recording."""

    status = 422
    code = "SECOND_FILE"
    message = "The form has more than one file. Send one recording a meeting."
