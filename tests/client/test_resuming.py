"""How an upload goes on: against a server that speaks tus and misbehaves to order."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from client.misbehaving import MEETING, Answer, Tus, passes, refuse
from scribe_client import Client, RecordingChanged, Refused, ServerAway, UploadBusy
from scribe_client.uploading import upload
from scribe_client.uploading.patience import LONGEST_NAMED_S, Patience
from scribe_client.uploading.upload import Sending

CONTENT = bytes(range(256)) * 40


def cut_after(tus: Tus, size: int) -> Answer:
    """The connection breaks when so many bytes of the body have arrived."""

    def cut(request: httpx.Request) -> httpx.Response:
        tus.received += request.read()[:size]
        raise httpx.ReadError("connection reset")

    return cut


@pytest.fixture
def tus() -> Tus:
    return Tus()


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "talk.mp3"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def client(tus: Tus, tmp_path: Path) -> Iterator[Client]:
    with Client.with_key(
        "http://api.test", "key", memory=tmp_path / "memory", transport=httpx.MockTransport(tus)
    ) as client:
        yield client


@pytest.fixture(autouse=True)
def small_pieces_and_no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "PIECE_BYTES", 3000)
    monkeypatch.setattr("scribe_client.uploading.patience.FIRST_PAUSE_S", 0)


def test_a_recording_is_sent_in_pieces_and_becomes_a_meeting(
    client: Client, tus: Tus, recording: Path
) -> None:
    offsets: list[int] = []
    assert client.upload(recording, sending=Sending(sent=offsets.append)).meeting_id == MEETING
    assert bytes(tus.received) == CONTENT
    assert tus.seen.count("PATCH") == 4
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(CONTENT)


def test_a_cut_goes_on_behind_what_has_arrived(client: Client, tus: Tus, recording: Path) -> None:
    tus.mishaps = [passes, cut_after(tus, 1234)]
    client.upload(recording)
    assert bytes(tus.received) == CONTENT
    assert tus.seen[:4] == ["POST", "PATCH", "HEAD", "PATCH"]
    assert tus.created == 1


def test_a_line_that_breaks_again_and_again_is_borne_while_more_arrives_each_time(
    client: Client, tus: Tus, recording: Path
) -> None:
    tus.mishaps = [passes, *[cut_after(tus, 400), passes] * 20]
    client.upload(recording)
    assert bytes(tus.received) == CONTENT


@pytest.mark.parametrize("status", [409, 423, 429, 408, 500, 502, 503])
def test_an_answer_that_may_pass_is_asked_about_again(
    client: Client, tus: Tus, recording: Path, status: int
) -> None:
    tus.mishaps = [passes, refuse(status)]
    client.upload(recording)
    assert bytes(tus.received) == CONTENT
    assert tus.created == 1


@pytest.mark.parametrize("status", [404, 410])
def test_an_upload_that_the_server_dropped_is_begun_anew(
    client: Client, tus: Tus, recording: Path, status: int
) -> None:
    tus.mishaps = [passes, passes, refuse(status)]
    client.upload(recording)
    assert bytes(tus.received) == CONTENT
    assert tus.created == 2


@pytest.mark.parametrize("status", [400, 413, 415, 422])
def test_a_refusal_is_told_and_not_asked_about_again(
    client: Client, tus: Tus, recording: Path, status: int
) -> None:
    tus.mishaps = [passes, refuse(status, "UNSUPPORTED_MEDIA_TYPE")]
    with pytest.raises(Refused, match=r"A sentence\.") as refused:
        client.upload(recording)
    assert refused.value.code == "UNSUPPORTED_MEDIA_TYPE"
    assert tus.seen == ["POST", "PATCH"]
    client.upload(recording)
    assert tus.created == 2, "what was refused must not be taken up again"


def test_a_server_that_stays_away_is_believed_in_the_end_and_a_later_call_goes_on(
    client: Client, tus: Tus, recording: Path
) -> None:
    tus.mishaps = [passes, cut_after(tus, 2000), *[refuse_connection] * 12]
    with pytest.raises(ServerAway):
        client.upload(recording)
    client.upload(recording)
    assert bytes(tus.received) == CONTENT
    assert tus.created == 1


def refuse_connection(_: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("connection refused")


def test_what_becomes_of_a_recording_is_asked_until_it_is_known(
    client: Client, tus: Tus, recording: Path
) -> None:
    pending = [lambda _: httpx.Response(200, json={"meeting_id": None})]
    tus.mishaps = [passes, passes, passes, passes, passes, *pending]
    assert client.upload(recording).meeting_id == MEETING


def test_a_recording_that_the_server_cannot_use_is_refused_with_its_reason(
    client: Client, tus: Tus, recording: Path
) -> None:
    tus.mishaps = [passes] * 5 + [unusable]
    with pytest.raises(Refused, match="no sound"):
        client.upload(recording)


def test_a_recording_that_was_refused_while_the_client_was_away_is_not_sent_again(
    client: Client, tus: Tus, recording: Path
) -> None:
    tus.mishaps = [passes, cut_after(tus, len(CONTENT)), refuse(410), unusable]
    with pytest.raises(Refused, match="no sound"):
        client.upload(recording)
    assert tus.seen == ["POST", "PATCH", "HEAD", "GET"]


def test_an_upload_that_the_server_lost_in_the_end_is_begun_anew(
    client: Client, tus: Tus, recording: Path
) -> None:
    tus.mishaps = [passes] * 5 + [lost]
    assert client.upload(recording).meeting_id == MEETING
    assert bytes(tus.received) == CONTENT
    assert tus.created == 2


def test_an_upload_that_the_server_lost_on_the_way_is_begun_anew(
    client: Client, tus: Tus, recording: Path
) -> None:
    tus.mishaps = [passes, passes, refuse(410, "UPLOAD_FAILED"), lost]
    assert client.upload(recording).meeting_id == MEETING
    assert tus.created == 2


def lost(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"meeting_id": None, "error_code": "UPLOAD_LOST"})


def test_a_pause_lasts_as_long_as_the_server_asks(
    tus: Tus, recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("scribe_client.client.Patience", lambda: Patience(wait=pauses.append))
    tus.mishaps = [passes, *(later(status, wait) for status, wait in ((429, 7), (503, 8), (503, 90_000)))]
    transport = httpx.MockTransport(tus)
    with Client.with_key("http://api.test", "key", memory=tmp_path / "m", transport=transport) as client:
        client.upload(recording)
    assert pauses == [7, 8, LONGEST_NAMED_S]


def later(status: int, seconds: int) -> Answer:
    return lambda _: httpx.Response(status, headers={"Retry-After": str(seconds)})


def test_a_memory_that_another_process_tidies_at_the_same_time_is_no_hindrance(
    client: Client, recording: Path, tmp_path: Path
) -> None:
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "gone").symlink_to(tmp_path / "nowhere")
    assert client.upload(recording).meeting_id == MEETING


def test_a_request_that_somebody_on_the_way_cut_short_is_gone_on_with(
    client: Client, tus: Tus, recording: Path
) -> None:
    tus.mishaps = [passes, refuse(400, "UPLOAD_INTERRUPTED")]
    client.upload(recording)
    assert bytes(tus.received) == CONTENT


def unusable(_: httpx.Request) -> httpx.Response:
    told = {"meeting_id": None, "error_code": "NO_AUDIO", "error_message": "There is no sound in it."}
    return httpx.Response(200, json=told)


def test_a_file_that_grows_while_it_is_sent_is_given_up_on_both_sides(
    client: Client, tus: Tus, recording: Path
) -> None:
    def grow(_: httpx.Request) -> None:
        recording.write_bytes(CONTENT * 2)

    tus.mishaps = [passes, grow]
    with pytest.raises(RecordingChanged):
        client.upload(recording)
    assert tus.seen[-1] == "DELETE"
    assert client.upload(recording).meeting_id == MEETING
    assert bytes(tus.received) == CONTENT * 2


def test_a_file_that_changed_under_its_last_bytes_leaves_no_meeting(
    client: Client, tus: Tus, recording: Path
) -> None:
    ended: list[str] = []

    def change(_: httpx.Request) -> None:
        recording.write_bytes(CONTENT * 2)

    tus.mishaps = [passes] * 4 + [change, passes, lambda request: ended.append(request.url.path)]
    with pytest.raises(RecordingChanged):
        client.upload(recording)
    assert tus.seen[-1] == "DELETE"
    assert ended == [f"/api/v1/meetings/{MEETING}"]


def test_a_file_that_is_being_sent_is_not_sent_a_second_time(
    client: Client, tus: Tus, recording: Path
) -> None:
    refused: list[type[Exception]] = []

    def again(_: httpx.Request) -> None:
        with pytest.raises(UploadBusy) as busy:
            client.upload(recording)
        refused.append(busy.type)

    tus.mishaps = [passes, again]
    client.upload(recording)
    assert refused == [UploadBusy]


def test_other_fields_make_another_upload(client: Client, tus: Tus, recording: Path) -> None:
    tus.mishaps = [passes, refuse(403)]
    with pytest.raises(Refused):
        client.upload(recording, {"title": "One"})
    client.upload(recording, {"title": "Two"})
    assert tus.created == 2


@pytest.mark.parametrize("location", ["https://evil.test/api/v1/uploads/1", "https://x//evil.test/p"])
def test_credentials_never_follow_an_address_to_another_server(
    tus: Tus, tmp_path: Path, location: str
) -> None:
    hosts: set[str] = set()
    recording = tmp_path / "talk.mp3"
    recording.write_bytes(CONTENT)

    def answer(request: httpx.Request) -> httpx.Response:
        hosts.add(request.url.host)
        told = tus(request)
        if request.method == "POST":
            told.headers["Location"] = location
        return told

    transport = httpx.MockTransport(answer)
    with Client.with_key("http://api.test", "key", memory=tmp_path / "m", transport=transport) as client:
        client.upload(recording)
    assert hosts == {"api.test"}


def test_what_is_written_down_is_written_before_the_upload_is_forgotten(
    client: Client, tus: Tus, recording: Path
) -> None:
    class KilledHereError(Exception):
        pass

    def die(_: object) -> None:
        raise KilledHereError

    with pytest.raises(KilledHereError):
        client.upload(recording, before_forgetting=die)
    told: list[UUID] = []
    client.upload(recording, before_forgetting=lambda uploaded: told.append(uploaded.meeting_id))
    assert told == [MEETING]
    assert tus.created == 1
