"""How messages name things: short, and in the singular where there is one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

NAME_LENGTH: Final = 80
NAMES_SHOWN: Final = 5


def brief(symbol: str) -> str:
    """The last two parts of a qualified name, in backquotes; hostile lengths are cut."""
    name = symbol if symbol.count(".") < 2 else ".".join(symbol.rsplit(".", 2)[-2:])
    return f"`{name[: NAME_LENGTH - 1]}…`" if len(name) > NAME_LENGTH else f"`{name}`"


def listed(names: Iterable[str], *, last: str = "") -> str:
    """Names in backquotes, the first few spelled out, and a last thing in plain words."""
    shown = [brief(name) for name in names]
    more = len(shown) - NAMES_SHOWN
    parts = shown[:NAMES_SHOWN]
    if more > 0:
        parts.append(f"{more} more")
    if last:
        parts.append(last)
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 line", "1,200 lines"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
