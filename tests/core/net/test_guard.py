"""What a user may have this instance connect to."""

import pytest

from core.net.conftest import Names
from scribe.net import AddressForbidden, HostUnknown, UrlNotAllowed, resolve_public

PUBLIC = "93.184.216.34"


async def test_a_public_host_is_resolved_once_and_pinned_to_what_was_checked(names: Names) -> None:
    names.known["radio.example"] = [[PUBLIC, "2606:2800:220:1::1"], ["127.0.0.1"]]
    target = await resolve_public("https://Radio.Example:8443/live?x=1#part", resolve=names.resolve)
    assert (target.scheme, target.host, target.port) == ("https", "radio.example", 8443)
    assert target.addresses == (PUBLIC, "2606:2800:220:1::1")
    assert target.url == "https://radio.example:8443/live?x=1"
    assert names.asked == ["radio.example"]


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("127.0.0.1", id="loopback"),
        pytest.param("127.8.9.10", id="all of loopback"),
        pytest.param("0.0.0.0", id="this host"),  # noqa: S104  (nothing binds to it)
        pytest.param("10.1.2.3", id="private 10"),
        pytest.param("172.16.0.1", id="private 172"),
        pytest.param("192.168.1.1", id="private 192"),
        pytest.param("169.254.169.254", id="metadata of clouds"),
        pytest.param("100.64.0.1", id="shared by a provider"),
        pytest.param("198.18.0.1", id="benchmarks"),
        pytest.param("192.0.2.1", id="documentation"),
        pytest.param("224.0.0.1", id="multicast"),
        pytest.param("255.255.255.255", id="broadcast"),
        pytest.param("240.0.0.1", id="reserved"),
        pytest.param("::1", id="loopback 6"),
        pytest.param("::", id="unspecified 6"),
        pytest.param("fe80::1", id="link-local 6"),
        pytest.param("fe80::1%eth0", id="link-local with a zone"),
        pytest.param("fc00::1", id="unique local"),
        pytest.param("fd12:3456::1", id="unique local, random"),
        pytest.param("fec0::1", id="site-local"),
        pytest.param("ff02::1", id="multicast 6"),
        pytest.param("2001:db8::1", id="documentation 6"),
        pytest.param("::ffff:127.0.0.1", id="mapped loopback"),
        pytest.param("::ffff:10.0.0.1", id="mapped private"),
        pytest.param("::7f00:1", id="compatible loopback"),
        pytest.param("2002:7f00:1::", id="6to4 of loopback"),
        pytest.param("2002:a00:1::1", id="6to4 of a private one"),
        pytest.param("64:ff9b::7f00:1", id="NAT64 of loopback"),
        pytest.param("64:ff9b::a9fe:a9fe", id="NAT64 of metadata"),
        pytest.param("64:ff9b:1::1", id="NAT64 within a network"),
        pytest.param("2001:0:7f00:1::", id="Teredo"),
    ],
)
async def test_what_is_not_on_the_public_network_is_refused(names: Names, address: str) -> None:
    names.known["inside.example"] = [[address]]
    with pytest.raises(AddressForbidden) as refused:
        await resolve_public("http://inside.example/", resolve=names.resolve)
    assert address not in str(refused.value)


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"])
async def test_what_is_on_the_public_network_is_not(names: Names, address: str) -> None:
    names.known["out.example"] = [[address]]
    assert (await resolve_public("http://out.example/", resolve=names.resolve)).addresses


async def test_one_private_address_among_public_ones_is_enough_to_refuse(names: Names) -> None:
    names.known["mixed.example"] = [[PUBLIC, "::1"]]
    with pytest.raises(AddressForbidden):
        await resolve_public("http://mixed.example/", resolve=names.resolve)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "0"]
)
async def test_loopback_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises((AddressForbidden, HostUnknown)):
        await resolve_public(f"http://{host}:1/")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://radio.example/",
        "ftp://radio.example/",
        "//radio.example/",
        "radio.example",
        "http://",
        "http://user@radio.example/",
        "http://user:word@radio.example/",
        "http://@radio.example/",
        "http://radio.example:0/",
        "http://radio.example:65536/",
        "http://radio.example:x/",
        "http://radio.example\\@inside.example/",
        "http://radio.example/\r\nHost: inside",
        "http://ra dio.example/",
        "http://[::1%25eth0]/",
        "http://[::1/",
        "http://radio..example/",
        "http://-\u2028.example/",
        "http://" + "a" * 300 + ".example/",
        "http://radio.example/" + "a" * 3000,
    ],
)
async def test_a_text_that_is_no_url_for_us_is_refused_before_anything_is_looked_up(
    names: Names, url: str
) -> None:
    with pytest.raises(UrlNotAllowed):
        await resolve_public(url, resolve=names.resolve)
    assert names.asked == []


async def test_a_scheme_that_was_not_asked_for_is_refused(names: Names) -> None:
    with pytest.raises(UrlNotAllowed, match="https://"):
        await resolve_public("http://radio.example/", schemes=["https"], resolve=names.resolve)


async def test_letters_of_other_scripts_are_asked_for_as_name_servers_know_them(names: Names) -> None:
    names.known["xn--bcher-kva.example"] = [[PUBLIC]]
    target = await resolve_public("https://BÜCHER.example/", resolve=names.resolve)
    assert target.host == "xn--bcher-kva.example"


async def test_a_name_that_nobody_knows_is_told(names: Names) -> None:
    with pytest.raises(HostUnknown):
        await resolve_public("http://nobody.example/", resolve=names.resolve)


@pytest.mark.parametrize("allow", ["radio.intranet", "10.1.0.0/16", "10.1.2.3"])
async def test_an_operator_can_allow_hosts_of_his_own(names: Names, allow: str) -> None:
    names.known["radio.intranet"] = [["10.1.2.3"]]
    target = await resolve_public("http://radio.intranet/", allow=[allow], resolve=names.resolve)
    assert target.addresses == ("10.1.2.3",)


async def test_what_is_allowed_allows_nothing_else(names: Names) -> None:
    names.known["other.intranet"] = [["10.2.0.1"]]
    with pytest.raises(AddressForbidden):
        await resolve_public(
            "http://other.intranet/", allow=["radio.intranet", "10.1.0.0/16"], resolve=names.resolve
        )
