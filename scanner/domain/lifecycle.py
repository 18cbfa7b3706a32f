"""What became of the findings between two scans: the same, new or fixed; pure.

A finding stays the same when its lines move, its file is formatted or renamed, or its function
moves elsewhere. Both sides are matched in steps, each with what the steps before left over:

1. The same rule, file, symbol and digest, where files go by their new names. Equals pair up in the
   order of their lines, so of one offence more exactly one is new.
2. What was stored under another scheme of identity: the same rule, file and symbol.
3. Files that vanished and files that appeared: the same content, or half of the findings.
4. Definitions that moved: the symbol is gone from the old file, and the same rule, symbol and
   digest vanished from one file and appeared in one. What stands at the top of a module belongs to
   the module and never moves alone.

A finding over several files, like a cycle of imports, is matched by the files that it concerns.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from scanner.domain.facts import MODULE
from scanner.domain.fingerprints import SCHEME
from scanner.domain.groups import Group, MatchedGroups, match_groups
from scanner.domain.moved_files import moved_files


class Trace(NamedTuple):
    """What is compared of a finding."""

    fingerprint: str  # names it on its side
    rule: str
    path: str
    symbol: str
    digest: str  # "" for a whole
    line: int
    members: frozenset[str] = frozenset()  # all its files, where there are several
    scheme: int = SCHEME


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of the two trees beside their findings.

    `before` and `after` are blobs by path, as far as they are known; without `after`, steps 3
    and 4 are left out.
    """

    renames: Mapping[str, str] = field(default_factory=dict)  # new path by old, as git saw it
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    defines: Callable[[str, str], bool] = lambda path, symbol: False  # in the newer tree


@dataclass(frozen=True, slots=True)
class Changes:
    """Fingerprints, each in the order in which its side named them; pairs are (before, after)."""

    new: tuple[str, ...]
    still_open: tuple[tuple[str, str], ...]
    fixed: tuple[str, ...]
    split_off: tuple[tuple[str, str], ...] = ()  # a part of one that goes on elsewhere: not new
    absorbed: tuple[tuple[str, str], ...] = ()  # goes on in one that is larger: not fixed


@dataclass(frozen=True, slots=True)
class ByRubric:
    """Fingerprints whose code did not change: only the rubric makes them come or go."""

    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


Pair = tuple[Trace, Trace]
Name = Callable[[Trace], Hashable]


def match(
    before: Sequence[Trace], after: Sequence[Trace], around: Surroundings | None = None
) -> Changes:
    """Compare the findings that were open with those that are found now."""
    around = around or Surroundings()
    over_files = {each.rule for each in (*before, *after) if each.members}
    grouped = match_groups(
        _groups(before, over_files, around.renames), _groups(after, over_files, {})
    )
    matching = _Matching(
        [each for each in before if each.rule not in over_files],
        [each for each in after if each.rule not in over_files],
    )
    matching.follow(around)
    pairs = {old.fingerprint: new.fingerprint for old, new in matching.pairs}
    return _told(before, after, pairs | dict(grouped.pairs), grouped)


def by_rubric(changes: Changes, code: Changes, before: Set[str]) -> ByRubric:
    """Part the work of the rubric from that of the code.

    `code` are the changes as the rubric before sees them, and `before` the fingerprints that it
    finds in the newer tree. What it does not find there is new by the rubric; what it does not
    see go is gone by the rubric.
    """
    fixed = set(code.fixed)
    return ByRubric(
        opened=tuple(each for each in changes.new if each not in before),
        closed=tuple(each for each in changes.fixed if each not in fixed),
    )


def _told(
    before: Sequence[Trace],
    after: Sequence[Trace],
    pairs: Mapping[str, str],
    grouped: MatchedGroups,
) -> Changes:
    """The changes in the order of each side."""
    went_on = pairs.keys() | dict(grouped.absorbed).keys()
    known = {*pairs.values(), *(new for _, new in grouped.split_off)}
    olds, news = _names(before), _names(after)
    return Changes(
        new=tuple(new for new in news if new not in known),
        still_open=tuple((old, pairs[old]) for old in olds if old in pairs),
        fixed=tuple(old for old in olds if old not in went_on),
        split_off=grouped.split_off,
        absorbed=grouped.absorbed,
    )


def _names(traces: Iterable[Trace]) -> list[str]:
    return [each.fingerprint for each in traces]


class _Matching:
    """Pairs found so far, and what is left on either side."""

    def __init__(self, before: Sequence[Trace], after: Sequence[Trace]) -> None:
        self.before = list(before)
        self.after = list(after)
        self.pairs: list[Pair] = []

    def follow(self, around: Surroundings) -> None:
        """Take the steps."""
        renames = dict(around.renames)
        self._take(self._plain(renames))
        self._take(_pairs(self.before, self.after, _place(renames), _place({})))
        self._bridge(renames)
        if self.before and self.after and around.after:
            renames |= moved_files(
                around.before, around.after, _contents(self.before), _contents(self.after), renames
            )
            self._take(_pairs(self.before, self.after, _place(renames), _place({})))
            self._move(renames, around.defines)

    def _plain(self, renames: Mapping[str, str]) -> list[Pair]:
        """The quick way for what has not moved: a fingerprint says all that the first step asks."""
        moved = {*renames, *renames.values()}
        waiting = {each.fingerprint: each for each in self.after if each.path not in moved}
        return [
            (each, waiting[each.fingerprint])
            for each in self.before
            if each.scheme == SCHEME and each.path not in moved and each.fingerprint in waiting
        ]

    def _bridge(self, renames: Mapping[str, str]) -> None:
        foreign = [each for each in self.before if each.scheme != SCHEME]
        self._take(_pairs(foreign, self.after, _symbol_at(renames), _symbol_at({})))

    def _move(self, renames: Mapping[str, str], defines: Callable[[str, str], bool]) -> None:
        gone = [
            each
            for each in self.before
            if each.symbol != MODULE and not defines(renames.get(each.path, each.path), each.symbol)
        ]
        came = [each for each in self.after if each.symbol != MODULE]
        single = _in_one_file(gone) & _in_one_file(came)
        self._take(
            _pairs([each for each in gone if _content(each) in single], came, _content, _content)
        )

    def _take(self, pairs: Iterable[Pair]) -> None:
        found = list(pairs)
        if found:
            self.pairs += found
            old = {pair[0].fingerprint for pair in found}
            new = {pair[1].fingerprint for pair in found}
            self.before = [each for each in self.before if each.fingerprint not in old]
            self.after = [each for each in self.after if each.fingerprint not in new]


def _pairs(
    before: Sequence[Trace], after: Sequence[Trace], name_before: Name, name_after: Name
) -> Iterator[Pair]:
    """What has the same name on both sides, in the order of the lines."""
    if before and after:
        waiting = _by_name(after, name_after)
        for name, olds in _by_name(before, name_before).items():
            yield from zip(olds, waiting.get(name, ()), strict=False)


def _place(renames: Mapping[str, str]) -> Name:
    def place(each: Trace) -> Hashable:
        return (each.rule, renames.get(each.path, each.path), each.symbol, each.digest)

    return place


def _content(each: Trace) -> Hashable:
    return (each.rule, each.symbol, each.digest)


def _symbol_at(renames: Mapping[str, str]) -> Name:
    def symbol_at(each: Trace) -> Hashable:
        return (each.rule, renames.get(each.path, each.path), each.symbol)

    return symbol_at


def _contents(traces: Iterable[Trace]) -> dict[str, list[Hashable]]:
    """What each file holds."""
    found: dict[str, list[Hashable]] = {}
    for each in traces:
        found.setdefault(each.path, []).append(_content(each))
    return found


def _in_one_file(traces: Iterable[Trace]) -> set[Hashable]:
    """The contents that stand in one file alone."""
    paths: dict[Hashable, set[str]] = {}
    for each in traces:
        paths.setdefault(_content(each), set()).add(each.path)
    return {content for content, held in paths.items() if len(held) == 1}


def _by_name(traces: Iterable[Trace], name: Name) -> dict[Hashable, list[Trace]]:
    found: dict[Hashable, list[Trace]] = {}
    for each in sorted(traces, key=lambda trace: trace.line):
        found.setdefault(name(each), []).append(each)
    return found


def _groups(traces: Iterable[Trace], rules: Set[str], renames: Mapping[str, str]) -> list[Group]:
    """The findings of some rules by their files, under their new names."""
    return [
        Group(each.fingerprint, each.rule, frozenset(renames.get(path, path) for path in paths))
        for each, paths in ((each, each.members or {each.path}) for each in traces)
        if each.rule in rules
    ]
