"""How git is let in: settings and variables for one call, with the address pinned.

Tokens travel as a header in the environment, scoped to the address. Deploy keys lie in a file of
the call's own workspace, readable by its owner alone, and go with it.
"""

from __future__ import annotations

import base64
import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scanner.application.configuration import Configuration
from scanner.domain.revisions import DeployKey, Token
from scanner.git.address import RemoteAddress
from scanner.git.causes import HOST_KEY_UNKNOWN, KEY_NEEDED, TOKEN_NEEDED
from scanner.git.environment import Setting, closed_environment
from scanner.git.hosts import Endpoint

_ALIVE_CHECKS: Final = 3  # unanswered ones, until ssh gives the host up


@dataclass(frozen=True, slots=True)
class Access:
    """The environment of a git that may reach one repository, and what must never be shown."""

    environment: dict[str, str]
    secrets: tuple[str, ...] = ()


def access(
    remote: RemoteAddress,
    endpoint: Endpoint,
    credential: Token | DeployKey | None,
    configuration: Configuration,
    folder: Path,
) -> Access:
    """Prepare one call; key files go into `folder`, which the caller removes afterwards.

    Raises UserError when the credential does not fit the address, or holds no key of the host.
    """
    if remote.scheme == "ssh":
        if not isinstance(credential, DeployKey):
            raise KEY_NEEDED.error()
        return _by_key(remote, endpoint, credential, configuration, folder)
    if isinstance(credential, DeployKey):
        raise TOKEN_NEEDED.error()
    return _by_token(remote, endpoint, credential, configuration)


def _by_token(
    remote: RemoteAddress,
    endpoint: Endpoint,
    token: Token | None,
    configuration: Configuration,
) -> Access:
    limits = configuration.limits
    settings: list[Setting] = [
        ("http.followRedirects", "false"),
        ("http.lowSpeedLimit", str(limits.low_speed_bytes)),
        ("http.lowSpeedTime", str(limits.low_speed_seconds)),
        ("http.proxy", ""),
        ("http.sslVerify", "true"),
    ]
    if endpoint.host != endpoint.ip:
        settings.append(("http.curloptResolve", endpoint.curl_resolve))
    secrets: tuple[str, ...] = ()
    if token is not None:
        pair = f"{token.username}:{token.secret}".encode()
        encoded = base64.b64encode(pair).decode()
        settings.append((f"http.{remote.url}.extraHeader", f"Authorization: Basic {encoded}"))
        secrets = (token.secret, encoded)
    bundle = configuration.ca_bundle
    variables = [("GIT_SSL_CAINFO", bundle)] if bundle else []
    environment = closed_environment(
        protocols=remote.scheme, settings=settings, variables=variables
    )
    return Access(environment, secrets)


def _by_key(
    remote: RemoteAddress,
    endpoint: Endpoint,
    key: DeployKey,
    configuration: Configuration,
    folder: Path,
) -> Access:
    lines = matching_lines(key.known_hosts, host_alias(remote))
    if not lines:
        raise HOST_KEY_UNKNOWN.error("no stored line names the host")
    key_file, known_hosts = folder / "key", folder / "known_hosts"
    _write(key_file, key.private_key.replace("\r\n", "\n").rstrip("\n") + "\n")
    _write(known_hosts, "".join(f"{line}\n" for line in lines))
    command = ssh_command(
        {
            "HostName": endpoint.ip,
            "HostKeyAlias": host_alias(remote),
            "IdentityFile": f'"{key_file}"',
            "UserKnownHostsFile": f'"{known_hosts}"',
            "ConnectTimeout": str(configuration.limits.low_speed_seconds),
            "ServerAliveInterval": str(
                max(1, configuration.limits.low_speed_seconds // _ALIVE_CHECKS)
            ),
        }
    )
    variables = [("GIT_SSH_COMMAND", command), ("GIT_SSH_VARIANT", "ssh")]
    environment = closed_environment(protocols="ssh", variables=variables)
    return Access(environment, (key.private_key,))


def ssh_command(options: dict[str, str]) -> str:
    """An ssh that reads no configuration, asks nobody, and knows only what it is told."""
    fixed = {
        "BatchMode": "yes",
        "CheckHostIP": "no",
        "ClearAllForwardings": "yes",
        "ControlMaster": "no",
        "ControlPath": "none",
        "ForwardAgent": "no",
        "GlobalKnownHostsFile": os.devnull,
        "IdentitiesOnly": "yes",
        "IdentityAgent": "none",
        "LogLevel": "ERROR",
        "PermitLocalCommand": "no",
        "PreferredAuthentications": "publickey",
        "ProxyCommand": "none",
        "RequestTTY": "no",
        "ServerAliveCountMax": str(_ALIVE_CHECKS),
        "StrictHostKeyChecking": "yes",
        "UpdateHostKeys": "no",
        "VerifyHostKeyDNS": "no",
    }
    parts = [
        part for name, value in (fixed | options).items() for part in ("-o", f"{name}={value}")
    ]
    return shlex.join(["ssh", "-F", os.devnull, *parts])


def host_alias(remote: RemoteAddress) -> str:
    """The name of the host in known_hosts, as ssh itself writes it."""
    return remote.host if remote.port == 22 else f"[{remote.host}]:{remote.port}"


def matching_lines(known_hosts: str, alias: str) -> list[str]:
    """The plain lines for one host: no marks, no patterns, no hashed names."""
    lines = []
    for line in known_hosts.splitlines():
        names, *rest = line.split()[:3] or [""]
        if len(rest) == 2 and alias in names.split(","):
            lines.append(" ".join((alias, *rest)))
    return lines


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
