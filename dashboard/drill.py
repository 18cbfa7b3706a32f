"""What is behind a comparison: its effects, chosen by filters in the address, and put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from dashboard.names import rule_title
from scanner.application.comparison_record import ComparisonRecord, EffectRecord, StepRecord
from scanner.domain.comparison import KINDS, Kind

NAMES: Final[Mapping[Kind, str]] = {
    "new": "New findings",
    "fixed": "Fixed",
    "changed": "Grown or shrunk",
    "accepted": "Accepted",
    "rubric": "Rubric",
    "structure": "Amount of code",
}
FINDINGS: Final = "findings"
GROUPS: Final[Mapping[str, str]] = {
    FINDINGS: "Findings",
    "file": "Files",
    "rule": "Rules",
    "commit": "Commits",
    "author": "Authors",
}
FIELDS: Final = ("kind", "file", "rule", "commit", "author")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a comparison: which effects, and how they are put together."""

    kind: str = ""
    file: str = ""
    rule: str = ""
    commit: str = ""
    author: str = ""
    by: str = FINDINGS

    def query(self, **changes: str) -> str:
        """The part of an address that asks for this with changes."""
        values = {name: getattr(self, name) for name in (*FIELDS, "by")} | changes
        given = {name: value for name, value in values.items() if value and value != FINDINGS}
        return urlencode(given)


@dataclass(frozen=True, slots=True)
class Row:
    """One effect with the commit behind it."""

    effect: EffectRecord
    step: StepRecord | None

    @property
    def kind(self) -> str:
        """What became of the finding, in a word."""
        return {"new": "new", "fixed": "fixed", "accepted": "accepted"}.get(
            self.effect.kind, "left out" if self.effect.kind == "structure" else "changed"
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Effects with something in common. `points` is None where people are grouped."""

    title: str
    detail: str
    href: str
    new: int
    fixed: int
    other: int
    points: float | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is set, and the address without it."""

    words: str
    href: str


class Drill:
    """The effects of a comparison that are asked for. `base` is the query of its points."""

    def __init__(self, record: ComparisonRecord, wanted: Wanted, base: str) -> None:
        self.record = record
        self.wanted = wanted
        self._base = base
        self.all = [
            Row(each, None if each.step is None else record.steps[each.step])
            for each in record.effects
        ]

    def address(self, **changes: str) -> str:
        """This page with another part of it."""
        query = self.wanted.query(**changes)
        return f"?{self._base}&{query}#what" if query else f"?{self._base}#what"

    @property
    def here(self) -> str:
        """The address of the part that is shown, findings of one kind as the waterfall names it."""
        return self.address(by="")

    @property
    def rows(self) -> list[Row]:
        """The effects that are asked for, largest first."""
        return [row for row in self.all if self._matches(row)]

    @property
    def chosen(self) -> list[Chosen]:
        """The filters that are set."""
        wanted = self.wanted
        words = {
            "kind": next((name for kind, name in NAMES.items() if kind == wanted.kind), ""),
            "file": wanted.file,
            "rule": f"{wanted.rule} {rule_title(wanted.rule)}",
            "commit": wanted.commit[:8],
            "author": wanted.author,
        }
        return [
            Chosen(words[name], self.address(**{name: ""}))
            for name in FIELDS
            if getattr(wanted, name)
        ]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """The ways to put effects together: title, address, and whether it is this one."""
        return [
            (title, self.address(by=key), key == self.wanted.by) for key, title in GROUPS.items()
        ]

    @property
    def groups(self) -> list[Group]:
        """The effects that are asked for, put together; files and rules by what they moved.

        Commits and authors stand in the order of time, and of people no points are told.
        """
        by = self.wanted.by
        if by == "file":
            found = self._grouped(lambda row: [row.effect.path], _nothing)
        elif by == "rule":
            found = self._grouped(lambda row: [row.effect.rule], rule_title)
        elif by == "commit":
            subjects = {step.commit: step.subject for step in self.record.steps}
            return self._grouped(_commit_of, lambda commit: subjects.get(commit, ""), by_time=True)
        else:
            people = self._grouped(_authors_of, _nothing, by_time=True)
            return [replace(group, points=None) for group in people]
        return sorted(found, key=lambda group: -abs(group.points or 0))

    def _matches(self, row: Row) -> bool:
        wanted, effect = self.wanted, row.effect
        asked = (
            (wanted.kind, [effect.kind]),
            (wanted.file, [effect.path]),
            (wanted.rule, [effect.rule]),
            (wanted.commit, _commit_of(row)),
            (wanted.author, _authors_of(row)),
        )
        return all(not value or value in there for value, there in asked)

    def _grouped(
        self,
        keys: Callable[[Row], Sequence[str]],
        detail: Callable[[str], str],
        *,
        by_time: bool = False,
    ) -> list[Group]:
        rows = sorted(self.rows, key=_time_of) if by_time else self.rows
        found: dict[str, list[EffectRecord]] = {}
        for row in rows:
            for key in keys(row):
                found.setdefault(key, []).append(row.effect)
        return [
            Group(
                key,
                detail(key),
                self.address(**{self.wanted.by: key, "by": ""}),
                *counted(effects),
                sum(each.effect for each in effects),
            )
            for key, effects in found.items()
        ]


def wanted_of(given: Mapping[str, str]) -> Wanted:
    """What an address asks for; what makes no sense counts as not given."""
    values = {name: given.get(name, "")[:500] for name in FIELDS}
    if values["kind"] not in KINDS:
        values["kind"] = ""
    by = given.get("by", "")
    return Wanted(**values, by=by if by in GROUPS else FINDINGS)


def counted(effects: Iterable[EffectRecord]) -> tuple[int, int, int]:
    """How many are new, fixed, and something else."""
    kinds = [each.kind for each in effects]
    new, fixed = kinds.count("new"), kinds.count("fixed")
    return new, fixed, len(kinds) - new - fixed


def _commit_of(row: Row) -> Sequence[str]:
    return [row.step.commit] if row.step else []


def _authors_of(row: Row) -> Sequence[str]:
    return row.step.authors if row.step else ()


def _nothing(key: str) -> str:
    return ""


def _time_of(row: Row) -> int:
    return -1 if row.effect.step is None else row.effect.step
