"""Every channel of a recording by itself, in step with what is transcribed."""

import os
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.stream import Disposition

from recordings import heard
from scribe.errors import ScribeError
from scribe.media.decoding import AudioReader
from scribe.media.errors import RecordingHasOneChannel
from scribe.media.info import SAMPLE_RATE, Converted, SplitMedia
from scribe.media.sandbox import split
from scribe.settings import MediaSettings

Record = Callable[..., Path]
Convert = Callable[[Path], Awaitable[Converted]]
Split = Callable[[Path], Awaitable[SplitMedia]]
RATE = 48_000
BLOCK = 960


@dataclass(frozen=True)
class Track:
    """A tone (Hz) that lasts from ``start`` for some seconds, in a stream of its own."""

    pitch: int
    seconds: float
    start: float = 0.0
    jump: tuple[float, float] = (0, 0)
    """Second at which the time stamps jump, and by how many seconds."""
    layout: str = "mono"


def waves(pitches: list[int], seconds: float) -> npt.NDArray[np.int16]:
    """A tone a channel: int16 [channels, n]."""
    time = np.arange(round(seconds * RATE)) / RATE
    return np.stack([np.sin(2 * np.pi * pitch * time) * 16_000 for pitch in pitches]).astype(np.int16)


def wav(samples: npt.NDArray[np.int16]) -> bytes:
    """Any number of channels, and no word on which is where."""
    channels, size = samples.shape[0], samples.nbytes
    form = struct.pack("<IHHIIHH", 16, 1, channels, RATE, RATE * channels * 2, channels * 2, 16)
    head = b"RIFF" + struct.pack("<I", 36 + size) + b"WAVEfmt " + form
    return head + b"data" + struct.pack("<I", size) + samples.T.tobytes()


def multitrack(path: Path, tracks: list[Track]) -> Path:
    """The streams interleaved by time, as recorders write them; the first one is the one to play."""
    with av.open(str(path), "w") as container:
        streams = [container.add_stream("aac", rate=RATE, layout=track.layout) for track in tracks]
        streams[0].disposition = Disposition.default
        frames = [frame for number, track in enumerate(tracks) for frame in frames_of(number, track)]
        for _, number, frame in sorted(frames, key=lambda each: each[:2]):
            container.mux(streams[number].encode(frame))
        for stream in streams:
            assert isinstance(stream, AudioStream)
            container.mux(stream.encode(None))
    return path


def frames_of(number: int, track: Track) -> list[tuple[int, int, AudioFrame]]:
    wave = waves([track.pitch], track.seconds)
    made = []
    for first in range(0, wave.shape[1], BLOCK):
        block = np.tile(wave[:, first : first + BLOCK], (2 if track.layout == "stereo" else 1, 1))
        frame = AudioFrame.from_ndarray(
            np.ascontiguousarray(block.T).reshape(1, -1), format="s16", layout=track.layout
        )
        frame.sample_rate = RATE
        late = track.jump[1] if first >= track.jump[0] * RATE else 0
        frame.pts = first + round((track.start + late) * RATE)
        made.append((frame.pts, number, frame))
    return made


@pytest.fixture
def divided(limits: MediaSettings, out: Path) -> Split:
    async def run(source: Path) -> SplitMedia:
        return await split(source, out, limits=limits, progress=lambda _share: None)

    return run


def channels_of(product: SplitMedia) -> npt.NDArray[np.float32]:
    with AudioReader(product.channels) as reader:
        assert reader.channels == product.count
        return reader.read_channels(0, reader.duration + 1)


def pitch(samples: npt.NDArray[np.float32]) -> float:
    """The loudest frequency, Hz."""
    return float(np.argmax(np.abs(np.fft.rfft(samples)))) * SAMPLE_RATE / samples.size


def times(samples: npt.NDArray[np.float32]) -> tuple[float, float]:
    """Seconds from which and up to which something is heard."""
    loud = np.flatnonzero(np.abs(samples) > 0.05)
    return loud[0] / SAMPLE_RATE, loud[-1] / SAMPLE_RATE


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 7, 8])
async def test_every_channel_of_a_stream_stays_what_it_was(
    divided: Split, tmp_path: Path, count: int
) -> None:
    pitches = [300 + 200 * number for number in range(count)]
    path = tmp_path / "many.wav"
    path.write_bytes(wav(waves(pitches, 2)))

    product = await divided(path)

    found = channels_of(product)
    assert [pitch(channel) for channel in found] == pytest.approx(pitches, abs=1)
    assert found.shape[1] / SAMPLE_RATE == pytest.approx(2, abs=0.01)
    assert product.warnings == ()


async def test_of_sixteen_channels_eight_are_kept_and_it_is_said(divided: Split, tmp_path: Path) -> None:
    path = tmp_path / "desk.wav"
    path.write_bytes(wav(waves([300] * 16, 1)))

    product = await divided(path)

    assert product.count == len(channels_of(product)) == 8
    assert [notice.code for notice in product.warnings] == ["CHANNELS_LEFT_OUT"]


@pytest.mark.parametrize("name", ["call.mp3", "call.m4a", "call.opus", "call.flac", "call.mkv"])
async def test_the_channels_are_as_long_as_what_is_transcribed(
    record: Record, divided: Split, converted: Convert, name: str
) -> None:
    source = record(name, samples=waves([300, 700], 3))

    found = channels_of(await divided(source))

    assert [pitch(channel[: 2 * SAMPLE_RATE]) for channel in found] == pytest.approx([300, 700], abs=1)
    assert found.shape[1] == pytest.approx(heard((await converted(source)).audio).size, abs=32)


async def test_silence_that_nobody_stored_is_put_back_into_every_channel(
    record: Record, divided: Split, converted: Convert
) -> None:
    source = record("hole.mkv", samples=waves([300, 700], 2), hole=(1, 3))

    found = channels_of(await divided(source))

    assert found.shape[1] == pytest.approx(heard((await converted(source)).audio).size, abs=32)
    assert np.abs(found[:, int(1.5 * SAMPLE_RATE) : int(3.5 * SAMPLE_RATE)]).max() < 0.001


@pytest.mark.parametrize("name", ["tracks.mkv", "tracks.mp4"])
async def test_each_of_several_tracks_becomes_a_channel_at_its_own_time(
    divided: Split, converted: Convert, tmp_path: Path, name: str
) -> None:
    source = multitrack(tmp_path / name, [Track(300, 6), Track(700, 2, start=3), Track(1100, 1)])

    product = await divided(source)

    found = channels_of(product)
    assert product.count == 3
    assert [times(channel) for channel in found] == [
        pytest.approx(expected, abs=0.15) for expected in [(0, 6), (3, 5), (0, 1)]
    ]
    assert pitch(found[1, int(3.2 * SAMPLE_RATE) : int(4.8 * SAMPLE_RATE)]) == pytest.approx(700, abs=2)
    assert found.shape[1] == pytest.approx(heard((await converted(source)).audio).size, abs=32)


async def test_several_stereo_tracks_are_mixed_to_a_channel_each(divided: Split, tmp_path: Path) -> None:
    tracks = [Track(300, 2, layout="stereo"), Track(700, 2, layout="stereo")]

    found = channels_of(await divided(multitrack(tmp_path / "capture.mkv", tracks)))

    assert [pitch(channel[:SAMPLE_RATE]) for channel in found] == pytest.approx([300, 700], abs=2)


async def test_a_track_that_begins_before_the_one_that_is_transcribed_is_cut_to_it(
    divided: Split, tmp_path: Path
) -> None:
    tracks = [Track(300, 3, start=2), Track(700, 4)]

    found = channels_of(await divided(multitrack(tmp_path / "early.mkv", tracks)))

    assert times(found[1]) == pytest.approx((0, 2), abs=0.15)


async def test_a_track_that_goes_on_alone_is_cut_to_the_one_that_is_transcribed(
    divided: Split, tmp_path: Path
) -> None:
    tracks = [Track(300, 2), Track(700, 5)]

    found = channels_of(await divided(multitrack(tmp_path / "late.mkv", tracks)))

    assert found.shape[1] / SAMPLE_RATE == pytest.approx(2, abs=0.1)


async def test_tracks_stay_in_step_over_a_pause_of_two_minutes(divided: Split, tmp_path: Path) -> None:
    tracks = [Track(300, 126), Track(700, 4, jump=(2, 120))]

    found = channels_of(await divided(multitrack(tmp_path / "muted.mkv", tracks)))

    assert times(found[1]) == pytest.approx((0, 124), abs=0.15)
    assert np.abs(found[1, 3 * SAMPLE_RATE : 121 * SAMPLE_RATE]).max() < 0.001


async def test_tracks_stay_in_step_when_all_clocks_jump_by_hours(divided: Split, tmp_path: Path) -> None:
    jump = (2.0, 7200.0)
    tracks = [Track(300, 6, jump=jump), Track(700, 4, jump=jump)]

    found = channels_of(await divided(multitrack(tmp_path / "jump.mkv", tracks)))

    assert found.shape[1] / SAMPLE_RATE == pytest.approx(6, abs=0.2)
    assert times(found[1]) == pytest.approx((0, 4), abs=0.2)


async def test_a_recording_with_one_channel_has_nothing_to_split(record: Record, divided: Split) -> None:
    with pytest.raises(RecordingHasOneChannel, match="another diariser") as caught:
        await divided(record("mono.mp3", 2))

    assert (caught.value.code, caught.value.status, caught.value.permanent) == (
        "MEDIA_ONE_CHANNEL",
        422,
        True,
    )


async def test_channels_that_end_midway_are_silent_from_there(
    record: Record, divided: Split, tmp_path: Path
) -> None:
    path = tmp_path / "joined.mp3"
    stereo = record("stereo.mp3", samples=waves([300, 700], 2)).read_bytes()
    mono = record("mono.mp3", samples=waves([1100], 2)).read_bytes()
    path.write_bytes(stereo + mono)

    found = channels_of(await divided(path))

    assert pitch(found[0, -SAMPLE_RATE:]) == pytest.approx(1100, abs=2)
    assert np.abs(found[1, -SAMPLE_RATE:]).max() < 0.001


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b"Dear all,\nthe minutes.\n" * 50, "UNSUPPORTED_MEDIA"),
        (b"OggS" + b"nothing that any decoder knows " * 100, "MEDIA_CORRUPT"),
        (b"ID3\x04" + bytes(6) + b"#EXTM3U\n#EXTINF:10,\n/etc/hostname\n#EXT-X-ENDLIST\n", "MEDIA_CORRUPT"),
    ],
)
async def test_what_is_no_recording_is_refused_as_by_a_conversion(
    divided: Split, tmp_path: Path, data: bytes, code: str
) -> None:
    path = tmp_path / "given"
    path.write_bytes(data)

    with pytest.raises(ScribeError) as caught:
        await divided(path)

    assert caught.value.code == code


async def test_hours_in_a_small_file_are_too_long(
    record: Record, divided: Split, limits: MediaSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "max_duration_hours", 60 / 3600)
    source = record("bomb.flac", rate=16_000, samples=np.zeros((2, 120 * 16_000), np.int16))

    with pytest.raises(ScribeError) as caught:
        await divided(source)

    assert caught.value.code == "MEDIA_TOO_LONG"


def peak_memory_mib() -> float:
    """Of the largest child of this process."""
    own = Path(f"/proc/{os.getpid()}/task")
    children = [pid for task in own.iterdir() for pid in (task / "children").read_text().split()]
    found = [line for pid in children for line in Path(f"/proc/{pid}/status").read_text().splitlines()]
    return max(int(line.split()[1]) for line in found if line.startswith("VmHWM:")) / 1024


async def test_memory_does_not_grow_with_the_duration(
    record: Record, limits: MediaSettings, out: Path
) -> None:
    peaks: list[float] = []

    def look(_share: float) -> None:
        peaks.append(peak_memory_mib())

    for minutes in (1, 5):
        source = record(f"{minutes}.wav", minutes * 60, rate=8000, channels=2)
        await split(source, out, limits=limits, progress=look)
        peaks.append(0)

    short, long = max(peaks[: peaks.index(0)]), max(peaks[peaks.index(0) :])
    assert long - short < 8, "5 minutes of stereo are 18 MiB of int16"
