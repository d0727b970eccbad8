"""Recordings of strangers: what they are, and what the product makes of them.

What starts, serves or reads is imported when it is first used: the child process that parses a stranger's
file passes through here as well, and must not pay at every start for what only its parent needs.
"""

from typing import TYPE_CHECKING

from scribe.media.info import SAMPLE_RATE, Converted, MediaInfo, RangeSource
from scribe.media.sniff import SNIFFED_BYTES, sniff

if TYPE_CHECKING:
    from scribe.media.decoding import decode
    from scribe.media.sandbox import convert, probe
else:
    from importlib import import_module

    _HOMES = {"convert": "sandbox", "decode": "decoding", "probe": "sandbox"}

    def __getattr__(name):  # noqa: ANN001, ANN202  (the annotated truth is the branch above)
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = [
    "SAMPLE_RATE",
    "SNIFFED_BYTES",
    "Converted",
    "MediaInfo",
    "RangeSource",
    "convert",
    "decode",
    "probe",
    "sniff",
]
