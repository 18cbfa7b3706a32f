"""Suspected secrets, told apart by the name of what holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import SuspectedSecret
from scanner.rules.configuration.modules import is_development
from scanner.rules.contexts import ModuleContext

_STRONG: Final = frozenset({"private key", "token", "password in a URL"})
_HOLDER: Final = re.compile(
    r".*(?:passw(?:or)?d|passphrase|pwd|secret|token|dsn|credentials?"
    r"|(?:api|access|private|auth|secret|signing|encryption|shared|master|account)[_-]?key)"
    r"[_-]?\d{0,2}",
    re.IGNORECASE,
)
_CHOSEN: Final = re.compile(
    r".*(?:passw(?:or)?d|passphrase|secret(?:[_-]?key)?)[_-]?\d{0,2}", re.IGNORECASE
)
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_UNREAL: Final = frozenset(
    {"test", "tests", "testing", "dummy", "fake", "mock", "mocked", "example", "examples"}
    | {"sample", "samples", "demo", "placeholder", "public", "publishable", "fixture", "stub"}
)


def secrets(context: ModuleContext) -> Iterator[tuple[str, SuspectedSecret]]:
    """What seems to be a real secret, with the keys of the sites."""
    if is_development(context):
        return
    for place, secret in enumerate(context.module.suspected_secrets):
        if _is_held(secret) and not _is_unreal(f"{secret.symbol}.{secret.name}"):
            yield f"secret {place}", secret


def _is_held(secret: SuspectedSecret) -> bool:
    if secret.reason == "words and digits":
        return bool(_CHOSEN.fullmatch(secret.name))
    return secret.reason in _STRONG or bool(_HOLDER.fullmatch(secret.name))


def _is_unreal(names: str) -> bool:
    """Whether one of the words in some names says that nothing is behind it."""
    return any(word.lower() in _UNREAL for word in _WORD.findall(names))
