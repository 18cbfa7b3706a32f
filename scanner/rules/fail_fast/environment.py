"""Reads of environment values that a program cannot run without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import EnvironmentRead
from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.places import keyed

SECRET_ENDINGS: Final = (
    "SECRET",
    "SECRET_KEY",
    "PASSWORD",
    "TOKEN",
    "API_KEY",
    "PRIVATE_KEY",
    "ACCESS_KEY",
    "DSN",
    "DATABASE_URL",
)
REQUIRED: Final = "required"


def is_secret(key: str) -> bool:
    """Whether the name of an environment value ends like that of a secret."""
    return key.upper().endswith(SECRET_ENDINGS)


def required_reads(context: ModuleContext) -> Iterator[tuple[str, EnvironmentRead]]:
    """Reads by subscript, and reads of secrets, with the keys of their sites."""
    reads = context.module.environment_reads
    return keyed(
        "environment",
        (read for read in reads if read.default == REQUIRED or is_secret(read.key)),
    )
