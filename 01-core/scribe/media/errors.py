"""What can be wrong with a recording; all of it stays wrong however often one tries."""

from scribe.errors import ScribeError


class _BadMedia(ScribeError):
    status = 422
    permanent = True


class EmptyMedia(_BadMedia):
    """Not a single byte."""

    status = 400
    code = "EMPTY_FILE"
    message = "The file is empty. Check that the recording was saved, then upload it again."


class UnsupportedMedia(_BadMedia):
    """No audio or video container that we know."""

    status = 415
    code = "UNSUPPORTED_MEDIA"
    message = (
        "This is not an audio or video file that can be read, whatever its name says. "
        "Upload a recording such as WAV, MP3, FLAC, OGG, M4A, MP4, MKV or WebM."
    )


class NoAudioTrack(_BadMedia):
    """A video without sound, or a container without an audio stream."""

    code = "NO_AUDIO"
    message = "The file has no audio track, so there is nothing to transcribe."


class MediaTooShort(_BadMedia):
    """Less audio than anybody could speak a word in. Detail: ``seconds``, ``limit``."""

    code = "MEDIA_TOO_SHORT"
    message = "The recording lasts {seconds:.2f} s; at least {limit:g} s are needed."


class MediaTooLong(_BadMedia):
    """More audio than the instance takes. Detail: ``limit`` in hours."""

    status = 413
    code = "MEDIA_TOO_LONG"
    message = (
        "The recording is longer than the {limit:g} hours that this server takes. "
        "Cut it, or ask the administrator to raise SCRIBE_MEDIA__MAX_DURATION_HOURS."
    )


class MediaOverLimit(_BadMedia):
    """More audio than its project or its uploader may hand in at once. Detail: ``seconds``, ``limit``."""

    status = 413
    code = "MEDIA_OVER_LIMIT"
    message = (
        "The recording lasts {seconds:.0f} seconds, and no more than {limit} may be handed in at once here. "
        "Cut it into pieces, or ask an administrator for more."
    )


class CorruptMedia(_BadMedia):
    """A known container in which nothing can be decoded."""

    code = "MEDIA_CORRUPT"
    message = "The recording is damaged: no audio could be decoded from it. Export it again and retry."


class RecordingHasOneChannel(_BadMedia):
    """Speakers were to be told apart by channel, and there is only one."""

    code = "MEDIA_ONE_CHANNEL"
    message = (
        "The recording has a single channel, so speakers cannot be told apart by channel. "
        "Choose another diariser, or 'auto'."
    )


class MediaTimeout(_BadMedia):
    """Reading took longer than any honest file needs. Detail: ``seconds``."""

    code = "MEDIA_TIMEOUT"
    message = "Reading the recording took over {seconds:g} s and was stopped. Export it in another format."


class MediaProcessDied(ScribeError):
    """The bounded process that reads media ended by itself. Detail: ``cause``, ``stderr``."""

    status = 422
    code = "MEDIA_PROCESS_DIED"
    message = "Reading the recording ended unexpectedly ({cause}). Retry; if it fails again, export it anew."
