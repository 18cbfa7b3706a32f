"""Which addresses of repositories are taken: judged as text alone, before anything runs.

Only https and ssh are taken, and http where the operator allows it. Every refusal is a UserError
with a code of its own, a sentence that says why, and what to do instead.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final, NoReturn
from urllib.parse import unquote_to_bytes, urlsplit

from scanner.domain.errors import UserError
from scanner.git.text import is_hidden

MAX_LENGTH: Final = 2_000
_PORTS: Final = {"https": 443, "http": 80, "ssh": 22}
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_HELPER: Final = re.compile(r"[A-Za-z0-9+.-]*::")
_SCP: Final = re.compile(r"([^/@:]*)@(\[[^\]/@]*\]|[^/@:\[\]]*):(.*)")
_USER: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PATH: Final = re.compile(r"(?:[A-Za-z0-9._~+/@,:=-]|%[0-9A-Fa-f]{2})+")
_PORT: Final = re.compile(r"[1-9][0-9]{0,4}")
_EXAMPLE: Final = "Write it like https://host/owner/name.git or ssh://git@host/owner/name.git."


@dataclass(frozen=True, slots=True)
class RemoteAddress:
    """An address that passed, in its one normal form. `user` is empty but for ssh."""

    scheme: str  # "https" | "ssh" | "http"
    user: str
    host: str  # lower case; an IPv6 address without brackets
    port: int
    path: str  # begins with a slash, ends without

    @property
    def url(self) -> str:
        """The address as it is stored and given to git; it never holds a secret."""
        user = f"{self.user}@" if self.user else ""
        return f"{self.scheme}://{user}{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """Host, and the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def name(self) -> str:
        """What people call the repository: the last part of the path, without `.git`."""
        last = unquote_to_bytes(self.path.rsplit("/", 1)[-1]).decode("utf-8", "replace")
        return last.removesuffix(".git") or last


def parse_address(text: str, *, allow_http: bool = False) -> RemoteAddress:
    """Judge what a user typed and give it its normal form.

    Also takes the short form of ssh, `git@host:owner/name.git`. Raises UserError.
    """
    text = text.strip(" \t\r\n")
    _check_characters(text)
    if text.startswith("-"):
        _refuse("dash", "An address must not begin with a dash.", _EXAMPLE)
    if _HELPER.match(text):
        _refuse("scheme", "Addresses with '::' run a helper program and are not taken.", _EXAMPLE)
    scheme = _SCHEME.match(text)
    if scheme is None:
        return _parse_short(text)
    _check_scheme(scheme[1].lower(), text, allow_http)
    return _parse_url(text)


def _refuse(code: str, message: str, next_step: str) -> NoReturn:
    raise UserError(f"address.{code}", message, next_step)


def _check_characters(text: str) -> None:
    if not text:
        _refuse("empty", "The address is empty.", _EXAMPLE)
    if len(text) > MAX_LENGTH:
        _refuse("long", f"The address is longer than {MAX_LENGTH} characters.", _EXAMPLE)
    if any(character.isspace() or is_hidden(character) for character in text):
        _refuse(
            "hidden-characters",
            "The address holds spaces, control characters or invisible characters.",
            "Copy it again from the page of the repository, or type it.",
        )
    if not text.isascii():
        _refuse(
            "non-ascii",
            "The address holds letters outside ASCII, which can imitate another host.",
            "Write the host in its xn-- form and the path with %-escapes.",
        )
    if "\\" in text:
        _refuse("backslash", "The address holds a backslash.", "Write slashes: /")
    if "?" in text:
        _refuse("query", "The address has a query (?...).", "Leave out the ? and what follows.")
    if "#" in text:
        _refuse("fragment", "The address has a fragment (#...).", "Leave out the # and the rest.")


def _check_scheme(scheme: str, text: str, allow_http: bool) -> None:
    if scheme in ("https", "ssh"):
        return
    if scheme == "http":
        if allow_http:
            return
        _refuse(
            "http",
            "Plain http is not taken: anyone on the way could read and change what is fetched.",
            "Use https, or ask the operator to set CODEVITALS_ALLOW_HTTP.",
        )
    if scheme == "file":
        _refuse(
            "file",
            "file:// addresses are not taken.",
            "An administrator can add a folder of this machine by its absolute path.",
        )
    if scheme == "git":
        _refuse(
            "git-protocol",
            "git:// is not taken: nothing on the way is encrypted or verified.",
            "Use the https address of the same repository.",
        )
    if scheme in ("git+ssh", "ssh+git"):
        rest = text.split("://", 1)[1]
        _refuse("scheme", f"{scheme}:// is an old spelling of ssh.", f"Write ssh://{rest}")
    _refuse("scheme", f"Addresses of the kind {scheme}:// are not taken.", _EXAMPLE)


def _parse_short(text: str) -> RemoteAddress:
    if text.startswith(("/", ".", "~")):
        _refuse(
            "local",
            "This is a path on this machine, not an address.",
            "An administrator can add a folder by its absolute path; others need https or ssh.",
        )
    short = _SCP.fullmatch(text)
    if short is None:
        _refuse("no-scheme", "The address does not say how to reach the host.", _EXAMPLE)
    user, host, path = short.groups()
    return RemoteAddress(
        scheme="ssh",
        user=_user(user),
        host=_host(host),
        port=_PORTS["ssh"],
        path=_path("/" + path.removeprefix("/")),
    )


def _parse_url(text: str) -> RemoteAddress:
    try:
        parts = urlsplit(text)
    except ValueError:
        _refuse("host", "The host of the address cannot be read.", _EXAMPLE)
    userinfo, at, hostport = parts.netloc.rpartition("@")
    if parts.scheme == "ssh":
        user = _user(userinfo)
    elif at:
        _refuse(
            "userinfo",
            "The address holds a user name or a password.",
            "Leave out everything up to the @ and give the access token in its own field.",
        )
    else:
        user = ""
    host, port = _split_port(hostport)
    return RemoteAddress(
        scheme=parts.scheme,
        user=user,
        host=_host(host),
        port=_PORTS[parts.scheme] if port is None else _port(port),
        path=_path(parts.path),
    )


def _user(user: str) -> str:
    if not user:
        _refuse(
            "user-missing",
            "An ssh address needs a user name before the host; for most hosts it is git.",
            "Write it like ssh://git@host/owner/name.git.",
        )
    if ":" in user:
        _refuse(
            "userinfo",
            "The address holds a password.",
            "Leave out the : and the password; ssh uses a deploy key.",
        )
    if not _USER.fullmatch(user):
        _refuse(
            "user",
            "The user name holds other characters than letters, digits, dots, dashes and _.",
            "Use the plain user name that the host names; for most hosts it is git.",
        )
    return user


def _split_port(hostport: str) -> tuple[str, str | None]:
    if hostport.startswith("["):
        host, bracket, rest = hostport.partition("]")
        if rest and not rest.startswith(":"):
            _refuse("host", "The host of the address cannot be read.", _EXAMPLE)
        return host + bracket, rest[1:] if rest else None
    host, colon, port = hostport.partition(":")
    return host, port if colon else None


def _port(port: str) -> int:
    if not _PORT.fullmatch(port) or int(port) > 65_535:
        _refuse(
            "port",
            "The port is no number from 1 to 65535.",
            "Leave the port out, or write it in plain digits.",
        )
    return int(port)


def _host(host: str) -> str:
    if host.startswith("["):
        return _literal_v6(host)
    host = host.lower().removesuffix(".")
    if not host:
        _refuse("host", "The address names no host.", _EXAMPLE)
    if host.startswith("-"):
        _refuse("dash", "A host must not begin with a dash.", _EXAMPLE)
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        _refuse(
            "host",
            "The host is no valid name: letters, digits and dashes between dots are.",
            _EXAMPLE,
        )
    if _NUMBER.fullmatch(labels[-1]):
        return _literal_v4(host)
    return host


def _literal_v4(host: str) -> str:
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError:
        _refuse(
            "host",
            "The host is a number that is no plain IPv4 address.",
            "Write four numbers from 0 to 255 between dots, or better the host's name.",
        )


def _literal_v6(host: str) -> str:
    try:
        address = ipaddress.IPv6Address(host[1:].removesuffix("]"))
    except ValueError:
        address = None
    if address is None or address.scope_id or not host.endswith("]"):
        _refuse(
            "host",
            "The host in brackets is no plain IPv6 address.",
            "Write it like [2001:db8::1], without a zone, or better use the host's name.",
        )
    return str(address)


def _path(path: str) -> str:
    path = path.rstrip("/")
    if not path:
        _refuse("path", "The address names a host but no repository.", _EXAMPLE)
    if not _PATH.fullmatch(path):
        _refuse(
            "path",
            "The path holds characters that have no place in the path of a repository.",
            "Write unusual characters as %-escapes.",
        )
    if path.startswith("/-"):
        _refuse("dash", "The path must not begin with a dash.", _EXAMPLE)
    for segment in path[1:].split("/"):
        _check_segment(unquote_to_bytes(segment))
    return path


def _check_segment(segment: bytes) -> None:
    if segment in (b"", b".", b".."):
        _refuse(
            "path",
            "The path holds '//', '.' or '..', so it can be read in more than one way.",
            "Write the path in full, as the page of the repository shows it.",
        )
    if b"/" in segment or b"\\" in segment or min(segment) < 0x20 or 0x7F in segment:
        _refuse(
            "path",
            "The path holds an escaped slash or control character.",
            "Copy the address again from the page of the repository.",
        )
