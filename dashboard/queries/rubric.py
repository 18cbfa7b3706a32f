"""Where a rule finds offenders, among the repositories of a user."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Count, Sum

from dashboard.queries.access import Viewer, repositories_of
from dashboard.queries.findings import IS_OPEN
from scanner.storage.models import Finding

KEPT: Final = 20_000
"""Verdicts whose counts a process keeps, of about 2 kB each, before it begins anew."""


class _Verdict(NamedTuple):
    """What names a verdict: each of a repository has its own turn."""

    repository: int
    snapshot: int
    turn: int
    at: datetime


_COUNTED: Final[dict[_Verdict, Mapping[str, int]]] = {}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The open findings of a rule in one repository. The name is hostile text."""

    name: str
    slug: str
    team_slug: str
    count: int
    points: float


def occurrences(user: Viewer, rule: str) -> tuple[Occurrence, ...]:
    """The repositories in which a rule has open findings, dearest first."""
    found = Finding.objects.filter(
        IS_OPEN, repository__in=repositories_of(user), rule=rule
    ).order_by()
    names = ("repository__name", "repository__slug", "repository__team__slug")
    grouped = found.values(*names).annotate(n=Count("*"), lost=Sum("points"))
    rows = grouped.order_by("-lost", "repository__name").values_list(*names, "n", "lost")
    return tuple(Occurrence(*row) for row in rows)


def counts(user: Viewer) -> Mapping[str, int]:
    """Open findings by rule, over all repositories of a user.

    A process counts once for each verdict: what is open changes with verdicts alone.
    """
    judged = repositories_of(user).exclude(latest=None).order_by()
    columns = ("pk", "latest_id", "latest__turn", "latest__judged_at")
    verdicts = [_Verdict(*row) for row in judged.values_list(*columns)]
    unknown = [each for each in verdicts if each not in _COUNTED]
    known = {each: _COUNTED[each] for each in verdicts if each in _COUNTED}
    known |= _counted(unknown)
    total: Counter[str] = Counter()
    for each in verdicts:
        total.update(known[each])
    return total


def _counted(verdicts: Collection[_Verdict]) -> Mapping[_Verdict, Mapping[str, int]]:
    """Those that this process has not counted yet, in one query; it keeps the answer."""
    if not verdicts:
        return {}
    found: dict[int, dict[str, int]] = {each.repository: {} for each in verdicts}
    rows = Finding.objects.filter(IS_OPEN, repository__in=list(found)).order_by()
    grouped = rows.values("repository_id", "rule").annotate(n=Count("*"))
    for repository, rule, count in grouped.values_list("repository_id", "rule", "n"):
        found[repository][rule] = count
    told = {each: found[each.repository] for each in verdicts}
    if len(_COUNTED) + len(told) > KEPT:
        _COUNTED.clear()
    _COUNTED.update(told)
    return told
