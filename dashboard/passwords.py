"""Passwords that are made for a person and shown once."""

from __future__ import annotations

import secrets
from typing import Final

SIGNS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
GROUPS, GROUP = 4, 4  # about 79 bits


def new_password() -> str:
    """A random password that can be typed from a screen."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))
