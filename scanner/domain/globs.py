"""Matching of paths against globs from hostile configuration, in bounded time.

`*` and `?` stay within one part of a path, `**` spans parts, and a pattern that matches a folder
covers everything in it. No regular expression is built, so no pattern can make one explode.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=1_024)
def _parts(pattern: str) -> tuple[str, ...]:
    parts = [part for part in pattern.strip().strip("/").split("/") if part not in ("", ".")]
    return tuple(
        part
        for index, part in enumerate(parts)
        if part != "**" or parts[index - 1 : index] != [part]
    )


def matches(path: str, pattern: str) -> bool:
    """Whether a path, or a folder it lies in, matches a glob. An empty glob matches nothing."""
    wanted = _parts(pattern)
    if not wanted:
        return False
    reached = _closure({0}, wanted)
    for part in path.split("/"):
        following: set[int] = set()
        for index in reached:
            if wanted[index] == "**":
                following |= {index, index + 1}
            elif _part_matches(part, wanted[index]):
                following.add(index + 1)
        reached = _closure(following, wanted)
        if len(wanted) in reached:
            return True
    return False


def matches_any(path: str, patterns: Iterable[str]) -> bool:
    """Whether one of the globs matches."""
    return any(matches(path, pattern) for pattern in patterns)


def _closure(reached: set[int], wanted: tuple[str, ...]) -> set[int]:
    """The places in the pattern that are reached, with `**` standing for no part at all too.

    A trailing `**` needs a part of its own: `docs/**` is what lies in docs.
    """
    return reached | {
        index + 1 for index in reached if index < len(wanted) - 1 and wanted[index] == "**"
    }


def _part_matches(part: str, wanted: str) -> bool:
    """Greedy matching of one part with a single point to go back to: at most len * len steps."""
    if "*" not in wanted and "?" not in wanted:
        return part == wanted
    at = here = 0
    star, resume = -1, 0
    while at < len(part):
        if here < len(wanted) and wanted[here] == "*":
            star, resume = here, at
            here += 1
        elif here < len(wanted) and wanted[here] in ("?", part[at]):
            at += 1
            here += 1
        elif star >= 0:
            resume += 1
            at, here = resume, star + 1
        else:
            return False
    return not wanted[here:].strip("*")
