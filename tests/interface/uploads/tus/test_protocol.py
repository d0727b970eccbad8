"""What tus says about headers, refusals and who may do what."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from tus_client import BYTES, TUS, Tus, address_of, metadata, said

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("nothing_left")]
SignUp = Callable[..., Awaitable[httpx.AsyncClient]]


async def test_what_is_spoken_is_told_to_anybody(client: httpx.AsyncClient) -> None:
    answer = await client.options("/uploads")
    assert answer.status_code == 204
    told = {name: answer.headers[name] for name in ("Tus-Version", "Tus-Max-Size", "Tus-Checksum-Algorithm")}
    assert told == {
        "Tus-Version": "1.0.0",
        "Tus-Max-Size": str(20_480 << 20),
        "Tus-Checksum-Algorithm": "sha1,sha256,md5",
    }
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "creation-defer-length",
        "checksum",
        "expiration",
        "termination",
        "concatenation",
    }


@pytest.mark.parametrize("method", ["POST", "HEAD", "PATCH", "DELETE"])
@pytest.mark.parametrize("version", [{}, {"Tus-Resumable": "0.2.2"}])
async def test_another_version_is_refused_with_the_right_one(
    tus: Tus, method: str, version: dict[str, str]
) -> None:
    address = "/uploads" if method == "POST" else await tus.create(100)
    headers = {**version, "Upload-Offset": "0", "Upload-Length": "100"}
    answer = await tus.client.request(method, address, headers=headers)
    assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")


async def test_every_answer_names_the_version_a_refusal_too(tus: Tus, client: httpx.AsyncClient) -> None:
    refused = await client.head("/uploads/00000000-0000-0000-0000-000000000000", headers=TUS)
    assert (refused.status_code, refused.headers["Tus-Resumable"]) == (401, "1.0.0")
    unknown = await tus.head("/uploads/00000000-0000-0000-0000-000000000000")
    assert (unknown.status_code, unknown.headers["Tus-Resumable"]) == (404, "1.0.0")
    assert unknown.headers["Cache-Control"] == "no-store"


async def test_the_method_may_be_named_in_a_header(tus: Tus, wav: bytes) -> None:
    address = await tus.create(len(wav))
    headers = {**BYTES, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    answer = await tus.client.post(address, headers=headers, content=wav)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(len(wav)))


async def test_a_head_tells_all_that_was_told_at_the_beginning(tus: Tus) -> None:
    address = await tus.create(1000, filename="a.wav", title="Été")
    head = await tus.head(address)
    assert head.status_code == 200
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == ("0", "1000")
    assert head.headers["Upload-Metadata"] == metadata(filename="a.wav", title="Été")
    assert head.headers["Upload-Expires"].endswith("GMT")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param({}, (400, "UPLOAD_HEADER_MALFORMED"), id="no length"),
        pytest.param(
            {"Upload-Length": "5", "Upload-Defer-Length": "1"}, (400, "UPLOAD_HEADER_MALFORMED"), id="both"
        ),
        pytest.param({"Upload-Length": "-1"}, (422, "VALIDATION_ERROR"), id="negative"),
        pytest.param({"Upload-Length": "five"}, (422, "VALIDATION_ERROR"), id="no number"),
        pytest.param({"Upload-Length": "9" * 30}, (422, "VALIDATION_ERROR"), id="no such file"),
        pytest.param({"Upload-Length": "0"}, (400, "EMPTY_FILE"), id="empty"),
        pytest.param(
            {"Upload-Length": "5", "Upload-Metadata": "title !"},
            (400, "UPLOAD_HEADER_MALFORMED"),
            id="no base64",
        ),
        pytest.param(
            {"Upload-Length": "5", "Upload-Metadata": "a YQ==,a YQ=="},
            (400, "UPLOAD_HEADER_MALFORMED"),
            id="twice",
        ),
        pytest.param(
            {"Upload-Length": "5", "Upload-Metadata": metadata(speakers="many")},
            (422, "VALIDATION_ERROR"),
            id="wrong field",
        ),
        pytest.param(
            {"Upload-Length": "5", "Upload-Metadata": metadata(owner="bob")},
            (422, "VALIDATION_ERROR"),
            id="unknown field",
        ),
        pytest.param(
            {"Upload-Length": "5", "Upload-Metadata": metadata(project_id="0" * 32)},
            (404, "PROJECT_NOT_FOUND"),
            id="no such project",
        ),
        pytest.param(
            {"Upload-Concat": "final;"}, (400, "UPLOAD_HEADER_MALFORMED"), id="nothing to put together"
        ),
        pytest.param({"Upload-Concat": "final;/a/b"}, (400, "UPLOAD_HEADER_MALFORMED"), id="no addresses"),
        pytest.param(
            {"Upload-Length": "5", "Upload-Metadata": metadata(title="a\x00b")},
            (400, "UPLOAD_HEADER_MALFORMED"),
            id="a NUL",
        ),
        pytest.param(
            {"Upload-Length": "5", "Upload-Metadata": "title é"},
            (400, "UPLOAD_HEADER_MALFORMED"),
            id="not even ASCII",
        ),
        pytest.param(
            {"Upload-Concat": f"final;/a/{'0' * 32}/"}, (400, "UPLOAD_HEADER_MALFORMED"), id="a folder"
        ),
        pytest.param({"Upload-Length": str(30_000 << 20)}, (413, "UPLOAD_TOO_LARGE"), id="too large"),
        pytest.param(
            {"Upload-Length": "5", "Upload-Checksum": "crc32 AAAA"},
            (400, "UPLOAD_CHECKSUM_UNKNOWN"),
            id="crc",
        ),
    ],
)
async def test_what_cannot_succeed_is_refused_before_any_byte(
    tus: Tus, headers: dict[str, str], expected: tuple[int, str]
) -> None:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in {**TUS, **headers}.items()]
    assert said(await tus.client.post("/uploads", headers=raw)) == expected


async def test_what_well_known_clients_add_by_themselves_does_no_harm(tus: Tus) -> None:
    await tus.create(
        5, filename="a.wav", filetype="audio/wav", name="a.wav", type="audio/wav", relativePath=""
    )


async def test_a_wrong_offset_is_refused_and_the_right_one_told(tus: Tus, wav: bytes) -> None:
    address = await tus.create(len(wav))
    await tus.patch(address, 0, wav[:100])
    answer = await tus.patch(address, 99, wav[99:])
    assert said(answer) == (409, "UPLOAD_OFFSET_WRONG")
    assert answer.headers["Upload-Offset"] == "100"
    assert (await tus.patch(address, 100, wav[100:])).status_code == 204


async def test_bytes_of_another_content_type_are_refused(tus: Tus, wav: bytes) -> None:
    address = await tus.create(len(wav))
    headers = {**TUS, "Upload-Offset": "0", "Content-Type": "audio/wav"}
    assert said(await tus.client.patch(address, headers=headers, content=wav)) == (415, "UPLOAD_BODY_TYPE")
    headers = {**TUS, "Upload-Length": "5", "Content-Type": "audio/wav"}
    assert said(await tus.client.post("/uploads", headers=headers, content=wav)) == (415, "UPLOAD_BODY_TYPE")


async def test_more_bytes_than_announced_are_refused_and_the_upload_goes_on(tus: Tus, wav: bytes) -> None:
    address = await tus.create(len(wav))
    assert said(await tus.patch(address, 0, wav + b"1")) == (413, "UPLOAD_OVERRUN")
    assert (await tus.patch(address, 0, wav)).status_code == 204


async def test_the_length_may_be_told_with_the_last_bytes(tus: Tus, wav: bytes) -> None:
    address = await tus.create(None, filename="a.wav")
    await tus.patch(address, 0, wav[:5000])
    head = await tus.head(address)
    assert head.headers["Upload-Defer-Length"] == "1"
    assert "Upload-Length" not in head.headers
    answer = await tus.patch(address, 5000, wav[5000:], Upload_Length=str(len(wav)))
    assert answer.status_code == 204
    assert answer.headers["Upload-Meeting"]


async def test_the_length_may_be_told_when_all_bytes_are_there(tus: Tus, wav: bytes) -> None:
    address = await tus.create(None, filename="a.wav")
    await tus.patch(address, 0, wav)
    answer = await tus.patch(address, len(wav), b"", Upload_Length=str(len(wav)))
    assert answer.headers["Upload-Meeting"]


async def test_a_length_is_told_once_and_is_not_less_than_what_is_there(tus: Tus, wav: bytes) -> None:
    address = await tus.create(None)
    await tus.patch(address, 0, wav[:500])
    assert said(await tus.patch(address, 500, b"", Upload_Length="499")) == (409, "UPLOAD_LENGTH_CHANGED")
    await tus.patch(address, 500, b"", Upload_Length="600")
    assert said(await tus.patch(address, 500, b"", Upload_Length="700")) == (409, "UPLOAD_LENGTH_CHANGED")
    assert (await tus.delete(address)).status_code == 204


async def test_bytes_may_come_with_the_beginning(tus: Tus, wav: bytes) -> None:
    headers = {**BYTES, "Upload-Length": str(len(wav)), "Upload-Metadata": metadata(filename="a.wav")}
    answer = await tus.client.post("/uploads", headers=headers, content=wav[:700])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "700")
    assert (await tus.patch(address_of(answer), 700, wav[700:])).headers["Upload-Meeting"]


async def test_all_bytes_may_come_with_the_beginning(tus: Tus, wav: bytes) -> None:
    answer = await tus.client.post("/uploads", headers={**BYTES, "Upload-Length": str(len(wav))}, content=wav)
    assert answer.status_code == 201
    assert (await tus.client.get(f"/meetings/{answer.headers['Upload-Meeting']}")).status_code == 200
