"""Finds files that have a new name by what they hold, where git does not tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Final

ALIKE: Final = 0.5
"""The part of a vanished file's findings that its new name must hold."""

Contents = Mapping[str, Sequence[Hashable]]
"""What is known of each file's findings."""


def moved_files(
    before: Mapping[str, str],
    after: Mapping[str, str],
    was: Contents,
    now: Contents,
    known: Mapping[str, str],
) -> dict[str, str]:
    """New path by old path, those that are `known` already left out.

    `before` and `after` are blobs by path. A file that vanished is looked for among those that
    appeared: first one of the same content, then the one with most of its findings, if that is one
    file and they are half of them.
    """
    vanished = {path for path in {*before, *was} if path not in after and path not in known}
    appeared = after.keys() - before.keys() - was.keys() - set(known.values())
    found = _same_blobs(before, after, vanished, appeared)
    appeared -= set(found.values())
    holders = _holders(now, appeared)
    for path in sorted(vanished & was.keys() - found.keys()):
        best = _most_alike(Counter(was[path]), holders)
        if best in appeared:
            found[path] = best
            appeared.discard(best)
    return found


def _same_blobs(
    before: Mapping[str, str], after: Mapping[str, str], vanished: set[str], appeared: set[str]
) -> dict[str, str]:
    """Files of the same content; of several, one that kept its last name."""
    waiting: dict[str, list[str]] = defaultdict(list)
    for path in sorted(appeared):
        waiting[after[path]].append(path)
    found: dict[str, str] = {}
    for path in sorted(vanished):
        candidates = waiting.get(before.get(path, ""), [])
        if candidates:
            best = next((each for each in candidates if _name(each) == _name(path)), candidates[0])
            found[path] = best
            candidates.remove(best)
    return found


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _holders(now: Contents, appeared: set[str]) -> dict[Hashable, Counter[str]]:
    """How often each content stands in each of the files that appeared."""
    found: dict[Hashable, Counter[str]] = defaultdict(Counter)
    for path in appeared & now.keys():
        for content in now[path]:
            found[content][path] += 1
    return found


def _most_alike(was: Counter[Hashable], holders: Mapping[Hashable, Counter[str]]) -> str:
    """The only file that shares most, "" when there is none or it is not enough."""
    shared: Counter[str] = Counter()
    for content, count in was.items():
        for path, there in holders.get(content, Counter()).items():
            shared[path] += min(count, there)
    best = shared.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return ""
    return best[0][0] if best[0][1] >= ALIKE * was.total() else ""
