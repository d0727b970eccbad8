"""Judge what the media child says: a stranger's file may be speaking through it."""

from typing import Annotated, Final

from pydantic import Field, TypeAdapter, ValidationError

from scribe.child.frames import Frame
from scribe.errors import ScribeError
from scribe.media import errors
from scribe.media.messages import Finished, Progressed, Refused, Wanted

Reply = Wanted | Progressed | Finished | Refused
_REPLIES: TypeAdapter[Reply] = TypeAdapter(Annotated[Reply, Field(discriminator="type")])
_REFUSALS: Final = {
    kind.code: kind
    for kind in (
        errors.EmptyMedia,
        errors.UnsupportedMedia,
        errors.NoAudioTrack,
        errors.MediaTooShort,
        errors.MediaTooLong,
        errors.CorruptMedia,
        errors.RecordingHasOneChannel,
    )
}


class ProtocolBroken(ValueError):
    """The child said something that the program it should be running never says."""


def understand(message: Frame) -> Reply:
    """The reply in a frame, or ProtocolBroken."""
    try:
        return _REPLIES.validate_python(message)
    except ValidationError as error:
        raise ProtocolBroken from error


def refusal(reply: Refused) -> ScribeError:
    """The error that the child means, or ProtocolBroken."""
    try:
        return _REFUSALS[reply.code](**reply.detail)
    except (KeyError, ValueError, TypeError) as error:
        raise ProtocolBroken from error
