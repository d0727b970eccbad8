"""Recordings of strangers: what they are, and what the product makes of them."""

from scribe.media.decoding import decode
from scribe.media.info import SAMPLE_RATE, Converted, MediaInfo, RangeSource
from scribe.media.sandbox import convert, probe
from scribe.media.sniff import SNIFFED_BYTES, sniff

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
