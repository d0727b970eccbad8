"""A name from a stranger becomes one harmless component of a key."""

import unicodedata
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe.storage import keys

MEETING = uuid.UUID("0190d6a2-3c5e-7b5c-9a51-5a3c7f5f0001")


@pytest.mark.parametrize(
    ("filename", "safe"),
    [
        ("meeting.wav", "meeting.wav"),
        ("Réunion d'équipe 🎙.mp4", "Réunion d_équipe 🎙.mp4"),
        ("e\u0301te\u0301.wav", "été.wav"),
        ("会議.m4a", "会議.m4a"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\talk.wav", "talk.wav"),
        ("..", "recording"),
        ("", "recording"),
        ("///", "recording"),
        (".hidden.wav", "hidden.wav"),
        ('say "hi"\r\nX: y.wav', "say _hi___X_ y.wav"),
        ("evil\u202egpj.wav", "evil_gpj.wav"),
        ("a\x00b.wav", "a_b.wav"),
        ("100%?#&.wav", "100____.wav"),
        ("  a   b .wav ", "a b.wav"),
    ],
)
def test_a_name_is_made_safe(filename: str, safe: str) -> None:
    assert keys.safe_filename(filename) == safe


@given(st.text(max_size=400))
def test_any_name_becomes_one_short_visible_component(filename: str) -> None:
    safe = keys.safe_filename(filename)

    assert 1 <= len(safe.encode()) <= keys.FILENAME_BYTES
    assert not {"/", "\\", '"'} & set(safe)
    assert not safe.startswith(".")
    assert all(unicodedata.category(character) not in keys.INVISIBLE for character in safe)
    assert keys.safe_filename(safe) == safe


def test_a_long_name_keeps_its_extension() -> None:
    safe = keys.safe_filename("é" * 500 + ".flac")

    assert safe.endswith("é.flac")
    assert len(safe.encode()) <= keys.FILENAME_BYTES


def test_everything_about_a_meeting_lies_below_its_prefix() -> None:
    every = [
        keys.source(MEETING, "a.wav"),
        keys.audio(MEETING),
        keys.playback(MEETING),
        keys.peaks(MEETING),
        keys.media(MEETING),
        keys.diarization(MEETING, "a1"),
        keys.diarization(MEETING, "b2"),
        keys.transcription(MEETING, "a1"),
        keys.transcript(MEETING, 2),
    ]

    assert len(set(every)) == len(every)
    assert all(key.startswith(keys.meeting(MEETING)) for key in every)
