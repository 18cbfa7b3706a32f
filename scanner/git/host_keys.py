"""Asks an ssh host for its public keys, so that a person can compare and confirm them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import shutil
from typing import Final

from scanner.application.configuration import Configuration
from scanner.application.introduction import HostKey
from scanner.domain.errors import UserError
from scanner.git.access import host_alias
from scanner.git.address import parse_address
from scanner.git.causes import UNREACHABLE, detail_of
from scanner.git.command import Bounds, run
from scanner.git.environment import closed_environment
from scanner.git.hosts import CONNECT_SECONDS, Endpoint, reach

_KINDS: Final = ("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
                 "ecdsa-sha2-nistp521", "ssh-rsa")  # fmt: skip
_LINE: Final = re.compile(r"\S+ (\S{1,40}) ([A-Za-z0-9+/=]{1,4000})")
_OUTPUT_BYTES: Final = 100_000


class HostKeyReader:
    """Implements HostKeys, under the same policy as every fetch."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration

    def read(self, address: str) -> tuple[HostKey, ...]:
        """The keys of the host, the strongest kind first.

        Raises UserError "address...." for no ssh address, "git...." when the host may not be
        reached or shows no key.
        """
        remote = parse_address(address)
        if remote.scheme != "ssh":
            raise UserError(
                "address.scheme", "Only ssh hosts have such keys.", "Write it like ssh://git@host/."
            )
        seconds = min(CONNECT_SECONDS, self._configuration.limits.low_speed_seconds)
        endpoint = reach(remote, self._configuration.private_hosts, seconds)
        return _parsed(_scan(endpoint, seconds), host_alias(remote))


def fingerprint(key: str) -> str:
    """The fingerprint of a base64 key as ssh-keygen prints it. Raises ValueError."""
    digest = hashlib.sha256(base64.b64decode(key, validate=True)).digest()
    return "SHA256:" + base64.b64encode(digest).decode("ascii").rstrip("=")


def _scan(endpoint: Endpoint, seconds: float) -> str:
    program = shutil.which("ssh-keyscan")
    if program is None:
        raise UserError(
            "git.ssh-missing",
            "There is no ssh on this machine.",
            "Install the package named openssh-client.",
        )
    wait = str(max(1, int(seconds)))
    command = [program, "-T", wait, "-p", str(endpoint.port), "-t", "ed25519,ecdsa,rsa"]
    bounds = Bounds(seconds=seconds * 4 + 1, output_bytes=_OUTPUT_BYTES)
    outcome = run([*command, "--", endpoint.ip], closed_environment(), bounds)
    if not outcome.stdout.strip():
        raise UNREACHABLE.error(detail_of(outcome))
    return outcome.stdout.decode("ascii", "replace")


def _parsed(printed: str, alias: str) -> tuple[HostKey, ...]:
    keys: dict[str, HostKey] = {}
    for line in printed.splitlines():
        found = _LINE.fullmatch(line.strip())
        if found is None or found[1] not in _KINDS:
            continue
        kind, key = found.groups()
        try:
            keys[kind] = HostKey(kind, fingerprint(key), f"{alias} {kind} {key}")
        except binascii.Error:  # not base64: a host that babbles
            continue
    if not keys:
        raise UNREACHABLE.error("the host showed no key of a known kind")
    return tuple(keys[kind] for kind in _KINDS if kind in keys)
