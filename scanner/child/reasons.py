"""Why a module could not be measured: fixed texts, since they are stored and shown."""

from __future__ import annotations

SYNTAX = "syntax error"
ENCODING = "unreadable encoding"
NUL = "NUL bytes"
NESTED = "too deeply nested"
MEMORY = "the parser ran out of memory"
TIME = "the parser ran out of time"
CRASH = "the parser crashed"


def too_large(limit: int) -> str:
    """Over the cap of so many bytes."""
    return f"over {limit / 1_000_000:g} MB"
