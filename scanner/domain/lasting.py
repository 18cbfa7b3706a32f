"""What stays true from one tree to the next, file by file."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import TypeVar, TypeVarTuple, cast

T = TypeVar("T")
Subjects = TypeVarTuple("Subjects")


class Lasting:
    """Results that hold as long as what they were made of is the very same object.

    Nothing changes facts once they are made, so objects that are the same say the same. A result
    is kept by its file and its maker; what concerns no file is kept under "".
    """

    def __init__(self) -> None:
        self._kept: dict[str, dict[object, tuple[tuple[object, ...], object]]] = {}

    def of(self, build: Callable[[str, *Subjects], T], path: str, *subjects: *Subjects) -> T:
        """What `build` makes of a path and these subjects; made again when one is another."""
        there = self._kept.setdefault(path, {})
        now = cast("tuple[object, ...]", subjects)
        known = there.get(build)
        if known is not None and all(map(is_, known[0], now)):
            return cast("T", known[1])
        made = build(path, *subjects)
        there[build] = (now, made)
        return made

    def same(self, key: object, path: str, value: T) -> T:
        """The object that an equal value was before under this key, or else this one."""
        there = self._kept.setdefault(path, {})
        known = there.get((key,))
        if known is not None and known[1] == value:
            return cast("T", known[1])
        there[key,] = ((), value)
        return value

    def forget(self, path: str) -> None:
        """Drop what is known of a file that went."""
        self._kept.pop(path, None)
