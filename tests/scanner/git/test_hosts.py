"""Which machines may be reached, at which address."""

from __future__ import annotations

import ipaddress
import socket

import pytest

from scanner.domain.errors import UserError
from scanner.git.address import parse_address
from scanner.git.hosts import Endpoint, HostPolicy, is_global, reach


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "2a00::1"])
def test_public_addresses_are_global(address: str) -> None:
    assert is_global(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::",
        "fc00::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_what_leads_inside_is_not(address: str) -> None:
    assert not is_global(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "listed", ["10.1.2.3", "10.0.0.0/8", "10.9.9.9/8", "git.corp", "GIT.corp."]
)
def test_the_operator_lists_a_host_an_address_or_a_network(listed: str) -> None:
    inside = ipaddress.ip_address("10.1.2.3")
    assert HostPolicy([listed]).allows("git.corp", inside)
    assert not HostPolicy([]).allows("git.corp", inside)


def test_a_listed_host_opens_no_other() -> None:
    policy = HostPolicy(["git.corp", "10.1.2.3"])
    assert not policy.allows("other.corp", ipaddress.ip_address("10.1.2.4"))
    assert not policy.allows("sub.git.corp", ipaddress.ip_address("10.1.2.4"))


def test_nobody_can_list_multicast_or_the_unspecified_address() -> None:
    policy = HostPolicy(["0.0.0.0/0", "::/0", "git.corp"])
    for address in ("224.0.0.1", "0.0.0.0", "::", "ff02::1"):
        assert not policy.allows("git.corp", ipaddress.ip_address(address))


def test_a_host_on_this_machine_is_refused_unless_listed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        remote = parse_address(f"https://localhost:{port}/a")
        with pytest.raises(UserError) as refused:
            reach(remote, [])
        assert refused.value.code == "git.host-private"
        assert reach(remote, ["localhost"]) == Endpoint("localhost", port, "127.0.0.1")


def test_one_private_answer_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [(2, 1, 6, "", ("93.184.215.14", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(UserError) as refused:
        reach(parse_address("https://rebound.example/a"), [])
    assert refused.value.code == "git.host-private"


def test_a_host_that_does_not_exist_has_its_own_cause() -> None:
    with pytest.raises(UserError) as refused:
        reach(parse_address("https://nowhere.invalid/a"), [])
    assert refused.value.code == "git.host-unknown"


def test_a_host_that_takes_no_connection_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(UserError) as refused:
        reach(parse_address(f"https://127.0.0.1:{port}/a"), ["127.0.0.0/8"])
    assert refused.value.code == "git.unreachable"


def test_the_pin_is_in_the_words_of_curl() -> None:
    assert Endpoint("a.example", 443, "192.0.2.1").curl_resolve == "a.example:443:192.0.2.1"
    assert Endpoint("a.example", 443, "2001:db8::1").curl_resolve == "a.example:443:[2001:db8::1]"
