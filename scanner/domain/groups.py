"""Matches findings over several files, such as cycles of imports, whose files come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

SHARED: Final = 2
"""Files that two groups must have in common to be the same one, or parts of one."""


class Group(NamedTuple):
    """A finding and its files, under the names of the newer tree."""

    fingerprint: str
    rule: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class MatchedGroups:
    """Pairs of fingerprints, (before, after)."""

    pairs: tuple[tuple[str, str], ...]
    split_off: tuple[tuple[str, str], ...]
    absorbed: tuple[tuple[str, str], ...]


def match_groups(before: Sequence[Group], after: Sequence[Group]) -> MatchedGroups:
    """Each group goes on in the one that shares most files with it.

    Where a group falls apart, the smaller parts are split off; where several grow together, the
    smaller ones are absorbed.
    """
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    split_off: list[tuple[str, str]] = []
    absorbed: list[tuple[str, str]] = []
    common = sorted(_common(before, after))
    for _, _, old, new in common:
        if old not in pairs and new not in taken:
            pairs[old] = new
            taken.add(new)
    accounted = set(taken)
    for _, _, old, new in common:
        if new not in accounted:
            split_off.append((old, new))
            accounted.add(new)
    ended = set(pairs)
    for _, _, old, new in common:
        if old not in ended:
            absorbed.append((old, new))
            ended.add(old)
    return MatchedGroups(tuple(pairs.items()), tuple(split_off), tuple(absorbed))


def _common(before: Sequence[Group], after: Sequence[Group]) -> Iterator[tuple[int, int, str, str]]:
    """Groups that have enough files in common: most first, then the most alike in size."""
    holders: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for new in after:
        for member in new.members:
            holders[new.rule, member].append(new)
    for old in before:
        shared: dict[Group, int] = defaultdict(int)
        for member in old.members:
            for new in holders[old.rule, member]:
                shared[new] += 1
        for new, count in shared.items():
            if count >= min(SHARED, len(old.members), len(new.members)):
                apart = abs(len(old.members) - len(new.members))
                yield (-count, apart, old.fingerprint, new.fingerprint)
