"""Which machines may be reached: names are resolved once, judged, and pinned.

A name that leads to an address inside the operator's own network is refused unless the operator
listed the name, the address or its network. Git and ssh are then told the very address that was
judged, so that a name cannot answer differently a second time.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from scanner.domain.errors import UserError
from scanner.git.address import RemoteAddress

CONNECT_SECONDS: Final = 10.0

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

_NEVER_GLOBAL: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # shared by carriers
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",
        "::/96",  # IPv4 in IPv6, the oldest form
        "64:ff9b::/96",  # NAT64 leads to any IPv4 address
        "64:ff9b:1::/48",
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "fec0::/10",  # site-local
    )
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A host with the one address it is reached at."""

    host: str
    port: int
    ip: str

    @property
    def curl_resolve(self) -> str:
        """The pin in the words of http.curloptResolve."""
        ip = f"[{self.ip}]" if ":" in self.ip else self.ip
        return f"{self.host}:{self.port}:{ip}"


class HostPolicy:
    """Judges addresses. `private_hosts` are names, addresses or networks that may be private."""

    def __init__(self, private_hosts: Iterable[str]) -> None:
        self._names: set[str] = set()
        self._networks: list[IPNetwork] = []
        for entry in private_hosts:
            try:
                self._networks.append(ipaddress.ip_network(entry, strict=False))
            except ValueError:
                self._names.add(entry.lower().removesuffix("."))

    def allows(self, host: str, address: IPAddress) -> bool:
        """Whether a host may be reached at this address."""
        address = _unwrapped(address)
        if address.is_multicast or address.is_unspecified:
            return False
        if host.lower() in self._names or any(address in network for network in self._networks):
            return True
        return is_global(address)


def is_global(address: IPAddress) -> bool:
    """Whether an address is out in the open internet; what merely leads elsewhere is not."""
    address = _unwrapped(address)
    if address.is_multicast or any(address in network for network in _NEVER_GLOBAL):
        return False
    return address.is_global


def reach(
    remote: RemoteAddress, private_hosts: Sequence[str], seconds: float = CONNECT_SECONDS
) -> Endpoint:
    """Resolve the host, judge every answer, and return the first that takes a connection.

    Raises UserError where the name is unknown, any answer is not allowed, or nobody answers
    within `seconds` per address.
    """
    addresses = _resolve(remote)
    policy = HostPolicy(private_hosts)
    if not all(policy.allows(remote.host, address) for address in addresses):
        raise UserError(
            "git.host-private",
            f"The host {remote.host} is not on the public internet.",
            "If it is yours, ask the operator to list it in CODEVITALS_PRIVATE_HOSTS.",
        )
    for address in addresses:
        if _connects(str(address), remote.port, seconds):
            return Endpoint(remote.host, remote.port, str(address))
    raise UserError(
        "git.unreachable",
        f"The host {remote.host} does not answer at port {remote.port}.",
        "Check the address, and that this machine may reach the host; then scan again.",
    )


def _resolve(remote: RemoteAddress) -> list[IPAddress]:
    try:
        answers = socket.getaddrinfo(remote.host, remote.port, type=socket.SOCK_STREAM)
        found = [ipaddress.ip_address(str(answer[4][0]).split("%")[0]) for answer in answers]
    except (OSError, UnicodeError, ValueError) as error:
        raise UserError(
            "git.host-unknown",
            f"There is no host named {remote.host}.",
            "Check the spelling of the address, and the name service of this machine.",
            type(error).__name__,
        ) from error
    return list(dict.fromkeys(found))


def _unwrapped(address: IPAddress) -> IPAddress:
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def _connects(ip: str, port: int, seconds: float) -> bool:
    try:
        with socket.create_connection((ip, port), timeout=seconds):
            return True
    except OSError:  # the next address may answer; when none does, the caller says so
        return False
