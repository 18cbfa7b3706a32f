"""Results that stay true from one tree to the next, file by file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import is_
from typing import TypeVar, TypeVarTuple, cast

S = TypeVar("S")
T = TypeVar("T")
Subjects = TypeVarTuple("Subjects")
_Pair = tuple[object, object]


class Lasting:
    """Results that hold as long as what they were made of is the very same object.

    Nothing changes facts once they are made, so objects that are the same say the same. A result
    is kept by its file and its maker; what concerns no file is kept under "".
    """

    def __init__(self) -> None:
        self._kept: dict[str, dict[object, tuple[tuple[object, ...], object]]] = {}
        self._maps: dict[object, tuple[tuple[object, ...], Mapping[str, _Pair]]] = {}

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

    def each(
        self,
        build: Callable[[str, S, *Subjects], T],
        subjects: Mapping[str, S],
        *shared: *Subjects,
    ) -> dict[str, T]:
        """The same for many files at once: one subject of each, and what all of them share.

        Quicker than one by one. Files that are not among them are forgotten.
        """
        others = cast("tuple[object, ...]", shared)
        before, known = self._maps.get(build, ((), {}))
        if not all(map(is_, before, others)):
            known = {}
        now: dict[str, _Pair] = {}
        for path, subject in subjects.items():
            pair = known.get(path)
            if pair is None or pair[0] is not subject:
                pair = (subject, build(path, subject, *shared))
            now[path] = pair
        self._maps[build] = (others, now)
        return {path: cast("T", pair[1]) for path, pair in now.items()}

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
