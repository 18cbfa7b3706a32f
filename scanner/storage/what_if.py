"""What verdicts left behind for those who ask what another rubric would have said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Count, Sum

from scanner.domain.findings import Tally
from scanner.domain.rubric import DEFAULT, KEYS, Rubric
from scanner.domain.rubric_values import InvalidValuesError, restored
from scanner.domain.what_if import KnownPoint, RuleSum, Standing, Tallies
from scanner.storage.models import Finding, JudgedRubric, PrincipleScore, Repository, Snapshot

_COLUMNS = ("pk", "commit", "committed_at", "coverage", "engine", "rubric", "backfilled")


class Verdicts:
    """Implements WhatIfStore."""

    def past(self, repository_id: int) -> Sequence[KnownPoint]:
        """The points of a trend, oldest first: the last verdict on each commit of the branch."""
        rows = Snapshot.objects.filter(repository_id=repository_id, vanished=False)
        ordered = rows.order_by("judged_at", "pk").values_list(*_COLUMNS)
        last = {row[1]: row for row in ordered}
        tallies = _tallies(row[0] for row in last.values())
        rubrics = _rubrics({row[5] for row in last.values()})
        points = [
            (
                at,
                pk,
                KnownPoint(
                    commit, at, coverage, engine, rubrics.get(rubric), tallies[pk], not backfilled
                ),
            )
            for pk, commit, at, coverage, engine, rubric, backfilled in last.values()
        ]
        return [point for _, _, point in sorted(points, key=lambda each: each[:2])]

    def newest(self, repositories: Collection[int]) -> Mapping[int, tuple[str, Standing]]:
        """The commit and the newest verdict of each repository that has one."""
        rows = Repository.objects.filter(pk__in=list(repositories)).exclude(latest=None)
        latest = list(rows.values_list("pk", "latest", "latest__commit"))
        tallies = _tallies(snapshot for _, snapshot, _ in latest)
        rules = _rules([pk for pk, _, _ in latest])
        return {
            pk: (commit, Standing(tallies[snapshot], rules[pk])) for pk, snapshot, commit in latest
        }


def _tallies(snapshots: Iterable[int]) -> Mapping[int, Tallies]:
    """Of the principles that apply, in the order of the rubric."""
    columns = ("snapshot", "principle", "conforming", "debt", "accepted_debt", "n")
    found: dict[int, dict[str, Tally]] = defaultdict(dict)
    wanted = list(snapshots)
    for start in range(0, len(wanted), 500):
        rows = PrincipleScore.objects.filter(
            snapshot__in=wanted[start : start + 500], applicable=True
        )
        for snapshot, key, conforming, debt, accepted, n in rows.values_list(*columns):
            found[snapshot][key] = Tally(conforming, debt, accepted, conforming, n)
    for snapshot in wanted:
        there = found[snapshot]
        found[snapshot] = {key: there[key] for key in KEYS if key in there}
    return found


def _rubrics(versions: Collection[str]) -> Mapping[str, Rubric]:
    """The rubrics behind versions, as far as they were kept and still make one."""
    found = {DEFAULT.version: DEFAULT}
    rows = JudgedRubric.objects.filter(version__in=versions)
    for version, content in rows.values_list("version", "content"):
        try:
            rubric = restored(DEFAULT, content)
        except InvalidValuesError:
            continue
        if rubric.version == version:
            found[version] = rubric
    return found


def _rules(repositories: Collection[int]) -> Mapping[int, Mapping[str, RuleSum]]:
    """The open findings by repository and rule."""
    found: dict[int, dict[str, RuleSum]] = defaultdict(dict)
    rows = Finding.objects.filter(repository_id__in=repositories, fixed_in=None, accepted_by="")
    sums = rows.order_by().values_list("repository_id", "rule", "principle")
    for pk, rule, principle, count, cost in sums.annotate(Count("pk"), Sum("cost")):
        found[pk][rule] = RuleSum(principle, count, cost)
    return found
