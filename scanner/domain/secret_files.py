"""Files that are no modules and should not lie in a repository: environment files, private keys.

Only the verdict on a file is kept: which kind it is, and where. Its content goes no further.
"""

from __future__ import annotations

import re
from typing import Final

from scanner.domain.project import SecretFile
from scanner.domain.scope import is_beside_production

LARGEST: Final = 64_000
"""Bytes of a file that is looked into; real ones are far smaller."""

_HINT: Final = re.compile(r"\.(?:env|pem|key|ppk|pk8|p8|json)|id_", re.IGNORECASE)
_ENVIRONMENT_FILE: Final = re.compile(r"(?:\.env(?:\.[\w.-]+)?|[\w.-]+\.env)", re.IGNORECASE)
_KEY_FILE: Final = re.compile(
    r".+\.(?:pem|key|ppk|pk8|p8)|id_(?:rsa|dsa|ecdsa|ed25519)"
    r"|.*(?:credentials?|service[_-]?account).*\.json",
    re.IGNORECASE,
)
_NOT_REAL: Final = re.compile(
    r"(?:^|[._-])(?:example|sample|dist|template|tpl|tmpl|default|defaults|schema|test|tests|testing"
    r"|ci|dummy|fake|mock|demo|snakeoil|localhost|public|pub)(?:[._-]|$)",
    re.IGNORECASE,
)
_PRIVATE_KEY: Final = re.compile(
    rb"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[\s\\nr]{1,8}[A-Za-z0-9+/=\s\\:,-]{64}"
    rb"|PuTTY-User-Key-File-\d"
)
_LINE: Final = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.]{0,99})\s*=\s*(.*?)\s*")
_SECRET_NAME: Final = re.compile(
    r".*(?:PASSW(?:OR)?D|PASSPHRASE|PWD|SECRET|TOKEN|DSN|CREDENTIALS?"
    r"|(?:API|ACCESS|PRIVATE|AUTH|SECRET|SIGNING|ENCRYPTION|ACCOUNT)_?KEY)(?:_KEY|_BASE|_\d+)?",
    re.IGNORECASE,
)
_PASSWORD_IN_URL: Final = re.compile(r"[a-z][a-z0-9+.-]*://[^\s/@:]*:([^\s/@]+)@.*")
_NO_VALUE: Final = re.compile(
    r"|x{3,}.*|\*+|\.{3}|<.*>|\$.*|\{.*\}|.*(?:change|replace|your|example|placeholder|insert|todo"
    r"|dummy|fake|sample|redacted|secret[_-]?here).*|none|null|true|false|\d{1,5}",
    re.IGNORECASE,
)
_DEVELOPMENT_VALUES: Final = frozenset(
    {"postgres", "root", "admin", "password", "secret", "guest", "user", "test", "dev", "local"}
    | {"development", "rabbitmq", "mysql", "redis", "django", "minio", "minioadmin", "insecure"}
)


def is_suspect(path: str) -> bool:
    """Whether a file is worth looking into, by its name and its folders."""
    name = path.rpartition("/")[2]
    if not _HINT.search(name):
        return False
    is_known = _ENVIRONMENT_FILE.fullmatch(name) or _KEY_FILE.fullmatch(name)
    return bool(is_known) and not _NOT_REAL.search(name) and not is_beside_production(path)


def verdict(path: str, content: bytes) -> SecretFile | None:
    """What a suspect file holds that it should not, if anything."""
    if _ENVIRONMENT_FILE.fullmatch(path.rpartition("/")[2]):
        return _environment_file(path, content)
    found = _PRIVATE_KEY.search(content)
    if found is None:
        return None
    return SecretFile(path, "private key", content.count(b"\n", 0, found.start()) + 1)


def _environment_file(path: str, content: bytes) -> SecretFile | None:
    """The first secret in it; in a plain `.env`, else the first value at all."""
    first: SecretFile | None = None
    is_plain = path.rpartition("/")[2] == ".env"
    for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), 1):
        found = _LINE.fullmatch(line)
        value = _unquoted(found[2]) if found else ""
        if found is None or not value:
            continue
        if _is_secret(found[1], value):
            return SecretFile(path, "values", number, found[1])
        if is_plain and first is None:
            first = SecretFile(path, "settings", number, found[1])
    return first


def _unquoted(value: str) -> str:
    """A value without its quotes and the comment behind it."""
    if value[:1] in ("'", '"') and value[0] in value[1:]:
        return value[1 : value.index(value[0], 1)]
    return value.partition(" #")[0].strip()


def _is_secret(name: str, value: str) -> bool:
    if found := _PASSWORD_IN_URL.fullmatch(value):
        return _is_real(found[1])
    return bool(_SECRET_NAME.fullmatch(name)) and _is_real(value)


def _is_real(value: str) -> bool:
    """Whether a value is neither a placeholder nor what every developer's machine has."""
    return not _NO_VALUE.fullmatch(value) and value.lower() not in _DEVELOPMENT_VALUES
