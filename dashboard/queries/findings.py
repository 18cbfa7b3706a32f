"""The findings of one repository: filtered, sorted, in pages or as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from dashboard.queries.instants import absorbed_at, names_at
from dashboard.queries.key_pages import Order, keys_of_page
from dashboard.queries.origins import Origin, introduced, origin_of
from scanner.storage.models import Finding, FormerName
from scanner.storage.spans import there_at

PAGE_SIZE: Final = 50
GLOB_WILDCARDS: Final = 8

_COLUMNS: Final = (
    "fingerprint",
    "rule",
    "principle",
    "path",
    "line",
    "symbol",
    "message",
    "cost",
    "points",
    "effort",
    "accepted_by",
    "reason",
    "origin",
    "introduced_commit",
    "introduced_by",
    "introduced_at",
    "first_in__commit",
    "first_in__committed_at",
    "fixed_in__commit",
    "fixed_in__committed_at",
    "opened_by_rubric",
    "repository__latest__is_first",
)
_BEGAN: Final = Coalesce("introduced_at", "first_in__committed_at")
_ORDERS: Final = {
    "points": ("-points", "path", "line", "id"),
    "path": ("path", "line", "id"),
    "rule": ("rule", "-points", "path", "line", "id"),
    "newest": (_BEGAN.desc(), "-points", "path", "line", "id"),
    "oldest": (_BEGAN.asc(), "-points", "path", "line", "id"),
}
_BY_DAY: Final[Mapping[str, Sequence[Order]]] = {
    "newest": ("-introduced_at", "-points", "path", "line", "id"),
    "oldest": ("introduced_at", "-points", "path", "line", "id"),
}
SORTS: Final = tuple(_ORDERS)
STATES: Final = ("open", "new", "accepted", "fixed")

IS_HERE: Final = Q(fixed_in=None)
"""Found by the last scan, accepted or not."""

IS_OPEN: Final = IS_HERE & Q(accepted_by="")
IS_ACCEPTED: Final = IS_HERE & ~Q(accepted_by="")
IS_NEW: Final = (
    IS_OPEN
    & Q(first_in=F("repository__latest"), opened_by_rubric=False)
    & Q(repository__latest__is_first=False)
)
"""Came with the code of the latest snapshot; in a first one, where all came, nothing is new."""


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What a reader asks for. Empty values ask for everything."""

    state: str = "open"  # of STATES; new: open, and first seen in the latest snapshot
    rule: str = ""
    principle: str = ""
    path: str = ""  # a glob, or a part of the path
    text: str = ""
    least: float | None = None  # points
    author: str = ""  # a part of the name
    commit: str = ""  # that introduced it, or how its name begins
    since: date | None = None  # introduced on this day in UTC, or later
    sort: str = "points"  # of SORTS
    turn: int = 0  # where given: what was there at this turn, whatever its state is today


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding on a list. Texts come from the repository and are hostile."""

    rule: str
    principle: str
    path: str
    line: int
    symbol: str
    message: str
    points: float
    effort: int  # minutes
    fingerprint: str
    state: str  # "open" | "new" | "accepted" | "fixed"
    is_advisory: bool
    since_commit: str
    since: datetime
    origin: Origin
    fixed_commit: str
    fixed: datetime | None
    accepted_by: str = ""  # "comment" | "team", where the state is "accepted"
    reason: str = ""
    today: tuple[str, int] | None = None  # path and line, in a list of then that names others


@dataclass(frozen=True, slots=True)
class FindingPage:
    """One page of a list."""

    rows: tuple[FindingRow, ...]
    total: int
    number: int
    pages: int
    first: int  # number of the first row, from 1; 0 when there is none

    @property
    def last(self) -> int:
        """Number of the last row."""
        return self.first + len(self.rows) - 1 if self.rows else 0


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many findings stand in each state, whatever the other filters say."""

    open: int
    new: int
    accepted: int
    fixed: int


def page_of(repository_id: int, wanted: FindingFilter, number: int) -> FindingPage:
    """One page of the findings that match; a number beyond the end is the last page."""
    found = Finding.objects.filter(_asked(wanted), repository_id=repository_id)
    page = keys_of_page(found, _order(repository_id, wanted), number, PAGE_SIZE)
    by_key = with_history(Finding.objects.all()).in_bulk(page.keys)
    names = _names_of(repository_id, wanted)
    return FindingPage(
        rows=tuple(_called(by_key[key], names.get(key)) for key in page.keys if key in by_key),
        total=page.total,
        number=page.number,
        pages=page.pages,
        first=page.first,
    )


def _order(repository_id: int, wanted: FindingFilter) -> Sequence[Order]:
    """The order of a list. Where all that is here has its day, an index holds it by these days."""
    if wanted.sort in _BY_DAY:
        here = Finding.objects.filter(IS_HERE, repository_id=repository_id)
        is_here = wanted.state != "fixed" and not wanted.turn
        if is_here and not here.filter(introduced_at=None).exists():
            return _BY_DAY[wanted.sort]
    return _ORDERS.get(wanted.sort, _ORDERS["points"])


def stream(repository_id: int, wanted: FindingFilter) -> Iterator[FindingRow]:
    """All findings that match, one by one."""
    names = _names_of(repository_id, wanted)
    for finding in _rows(repository_id, wanted).iterator(chunk_size=1_000):
        yield _called(finding, names.get(finding.pk))
    if wanted.turn:
        yield from absorbed(repository_id, wanted.turn)


def absorbed(repository_id: int, turn: int) -> tuple[FindingRow, ...]:
    """What was a finding of its own at a turn, with the figures of the one in which it goes on."""
    names = absorbed_at(repository_id, turn)
    larger = with_history(Finding.objects.all()).in_bulk({each.finding_id for each in names})
    return tuple(_called(larger[each.finding_id], each) for each in names)


def state_counts(repository_id: int) -> StateCounts:
    """Findings by state, in one query, which an index answers."""
    counts = Finding.objects.filter(repository_id=repository_id).aggregate(
        open=Count("rule", filter=IS_OPEN),
        new=Count("rule", filter=IS_NEW),
        accepted=Count("rule", filter=IS_ACCEPTED),
        fixed=Count("rule", filter=~IS_HERE),
    )
    return StateCounts(**counts)


def rules_in_use(repository_id: int) -> tuple[str, ...]:
    """The codes of the rules that this repository has or had findings of."""
    found = Finding.objects.filter(repository_id=repository_id).order_by("rule")
    return tuple(found.values_list("rule", flat=True).distinct())


def with_history(findings: QuerySet[Finding], *columns: str) -> QuerySet[Finding]:
    """The findings with all that `row_of` reads and these columns, in one query."""
    return findings.select_related("first_in", "fixed_in", "repository__latest").only(
        *_COLUMNS, *columns
    )


def row_of(finding: Finding) -> FindingRow:
    """A row of a list, from a finding fetched by `with_history`."""
    latest = finding.repository.latest
    is_new = bool(latest and finding.first_in_id == latest.pk and not latest.is_first)
    is_new = is_new and not finding.opened_by_rubric
    fixed = finding.fixed_in
    return FindingRow(
        rule=finding.rule,
        principle=finding.principle,
        path=finding.path,
        line=finding.line,
        symbol=finding.symbol,
        message=finding.message,
        points=finding.points,
        effort=finding.effort,
        fingerprint=finding.fingerprint,
        state=_state(finding, is_new),
        is_advisory=finding.cost == 0,
        since_commit=finding.first_in.commit,
        since=finding.first_in.committed_at,
        origin=origin_of(finding),
        fixed_commit=fixed.commit if fixed else "",
        fixed=fixed.committed_at if fixed else None,
        accepted_by=finding.accepted_by,
        reason=finding.reason,
    )


def _state(finding: Finding, is_new: bool) -> str:
    if finding.fixed_in is not None:
        return "fixed"
    return "accepted" if finding.accepted_by else "new" if is_new else "open"


def glob_pattern(glob: str) -> str:
    """A glob as a regular expression for whole paths; without wildcards, any part of a path.

    `*` and `?` stop at a slash, `**` does not. Wildcards beyond GLOB_WILDCARDS are taken as
    plain characters, so that matching stays cheap whatever is typed.
    """
    parts = re.split(r"(\*\*/|\*+|\?)", glob)
    if len(parts) == 1:
        return re.escape(glob)
    known = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    out = []
    for index, part in enumerate(parts):
        is_wild = index % 2 == 1 and index < 2 * GLOB_WILDCARDS
        out.append(known.get(part, ".*") if is_wild else re.escape(part))
    return f"^{''.join(out)}$"


def _names_of(repository_id: int, wanted: FindingFilter) -> Mapping[int, FormerName]:
    return names_at(repository_id, wanted.turn) if wanted.turn else {}


def _called(finding: Finding, name: FormerName | None) -> FindingRow:
    """A row under the name of then, where it had another one."""
    row = row_of(finding)
    if name is None:
        return row
    has_moved = name.path != row.path
    return replace(
        row,
        path=name.path,
        line=name.line if has_moved else row.line,
        symbol=name.symbol,
        message=name.message,
        fingerprint=name.fingerprint,
        today=(row.path, row.line) if has_moved else None,
    )


def _rows(repository_id: int, wanted: FindingFilter) -> QuerySet[Finding]:
    found = Finding.objects.filter(_asked(wanted), repository_id=repository_id)
    return with_history(found).order_by(*_ORDERS.get(wanted.sort, _ORDERS["points"]))


def _in_state(state: str) -> Q:
    return {"new": IS_NEW, "accepted": IS_ACCEPTED, "fixed": ~IS_HERE}.get(state, IS_OPEN)


def _asked(wanted: FindingFilter) -> Q:
    condition = there_at(wanted.turn) if wanted.turn else _in_state(wanted.state)
    if wanted.rule:
        condition &= Q(rule=wanted.rule)
    if wanted.principle:
        condition &= Q(principle=wanted.principle)
    if wanted.path:
        condition &= Q(path__regex=glob_pattern(wanted.path))
    if wanted.text:
        condition &= (
            Q(message__icontains=wanted.text)
            | Q(symbol__icontains=wanted.text)
            | Q(path__icontains=wanted.text)
        )
    if wanted.least is not None:
        condition &= Q(points__gte=wanted.least)
    return condition & introduced(wanted.author, wanted.commit, wanted.since)
