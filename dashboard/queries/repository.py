"""One repository: its latest verdict, its past, and where its points went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from dashboard.charts.scale import shown_change
from dashboard.names import rule_title
from dashboard.principles import LABELS, Label
from dashboard.queries.access import Frame, Viewer, frame, repository_of
from dashboard.queries.causes import Cause, causes
from dashboard.queries.days import Day, day_of
from dashboard.queries.findings import IS_OPEN
from dashboard.queries.history import History, Moment, history_of
from dashboard.queries.rubrics import changed
from dashboard.queries.scan_states import ScanState, scan_state
from scanner.domain.churn import USUAL, Window
from scanner.domain.findings import PARTIAL_BELOW
from scanner.domain.rubric import KEYS
from scanner.domain.rubric_values import Difference
from scanner.storage.comparisons import ToldStep, step_of
from scanner.storage.models import FileScore, Finding, PrincipleScore, Repository, Snapshot

Values = Mapping[str, float | None]
"""The scores of one snapshot by principle; None where one does not apply."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Modules of one reason that are not judged, sorted by path."""

    reason: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A module in scope that could not be read."""

    path: str
    reason: str
    line: int | None
    lines: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The latest snapshot. Texts come from the repository and are hostile."""

    id: int
    commit: str
    committed_at: datetime
    author: str
    subject: str
    engine: str
    rubric: str
    score: float
    strict_score: float
    coverage: float
    lines: int
    modules: int
    new: int
    fixed: int
    open: int
    accepted: int
    excluded: tuple[LeftOut, ...]
    unmeasured: tuple[Unread, ...]
    rewritten: int  # modules whose newer syntax was read in an older shape
    notices: tuple[str, ...]
    uncounted: int  # suppression comments that do not count
    turn: int
    judged_at: datetime

    @property
    def partial(self) -> bool:
        """Too little was measured: drawn hollow."""
        return self.coverage < PARTIAL_BELOW

    @property
    def left_out(self) -> int:
        """How many modules are not judged on purpose."""
        return sum(len(several.paths) for several in self.excluded)


@dataclass(frozen=True, slots=True)
class Standing:
    """One principle of the latest snapshot. `share` is its part of the weights that apply."""

    label: Label
    applicable: bool
    score: float | None
    strict_score: float | None
    n: int
    conforming: int  # millionths
    debt: int
    accepted_debt: int
    grace: int
    rigour: float
    weight: float
    share: float
    points_lost: float
    findings: int
    change: float | None  # since the snapshot before

    @property
    def empty(self) -> bool:
        """Nothing to judge: it applies, and found no place to look at."""
        return self.applicable and not self.n and not self.debt


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A file and what it takes from the overall score."""

    path: str
    lines: int
    score: float
    points_lost: float
    findings: int
    changes: int | None = None  # in a window; None where they were not counted


@dataclass(frozen=True, slots=True)
class RuleCost:
    """A rule with open findings: how many, and what they take together."""

    code: str
    name: str
    principle: str
    count: int
    points: float


@dataclass(frozen=True, slots=True)
class Age:
    """Open findings of one day: that of their origin, else of the first snapshot with them."""

    since: datetime
    count: int
    points: float


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page of a repository shows."""

    frame: Frame
    state: ScanState
    verdict: Verdict | None
    history: History
    values: Mapping[int, Values]  # by snapshot
    standings: tuple[Standing, ...]
    causes: tuple[Cause, ...]
    told: ToldStep | None  # what a worker found since the verdict before; None where none can
    rubric_differences: tuple[Difference, ...]  # from the previous verdict; those that are known
    rules: tuple[RuleCost, ...]  # dearest first
    ages: tuple[Age, ...]

    @property
    def previous(self) -> Moment | None:
        """The snapshot before the latest."""
        return previous(self.history, self.verdict.id) if self.verdict else None

    @property
    def now(self) -> Moment | None:
        """The latest snapshot as a moment."""
        return current(self.history, self.verdict.id) if self.verdict else None


def overview(user: Viewer, team: str, slug: str) -> Overview:
    """The page of one repository. Raises Http404 for a foreign one."""
    repository = repository_of(user, team, slug)
    history = history_of(repository)
    latest = repository.latest
    before = previous(history, latest.pk) if latest else None
    values = principle_values(repository)
    came = causes({repository.pk: [latest.pk]}) if latest and before else {}
    return Overview(
        frame=frame(repository),
        state=scan_state(repository),
        verdict=verdict(latest) if latest else None,
        history=history,
        values=values,
        standings=standings(latest, values.get(before.snapshot, {}) if before else {}),
        causes=came.get(repository.pk, ()),
        told=_told(repository, latest, before),
        rubric_differences=_rubric_differences(latest, before),
        rules=rule_costs(repository),
        ages=_ages(repository),
    )


def _told(
    repository: Repository, latest: Snapshot | None, before: Moment | None
) -> ToldStep | None:
    if latest is None or before is None or repository.kind == Repository.Kind.FOLDER:
        return None
    return step_of(before.snapshot, latest.pk, (before.score, latest.score))


def _rubric_differences(latest: Snapshot | None, before: Moment | None) -> tuple[Difference, ...]:
    if latest is None or before is None or latest.rubric == before.rubric:
        return ()
    return changed(before.rubric, latest.rubric) or ()


def current(history: History, snapshot: int) -> Moment | None:
    """The moment of a snapshot."""
    return next((one for one in history.moments if one.snapshot == snapshot), None)


def previous(history: History, snapshot: int) -> Moment | None:
    """The verdict before the one of a snapshot: on this commit, or on the one before it."""
    moment = current(history, snapshot)
    if moment is None or moment.replaced:
        return moment.replaced if moment else None
    place = history.moments.index(moment)
    return history.moments[place - 1] if place else None


def principle_values(repository: Repository) -> Mapping[int, Values]:
    """Scores by snapshot and principle, over the whole past."""
    found: dict[int, dict[str, float | None]] = defaultdict(dict)
    rows = PrincipleScore.objects.filter(snapshot__repository=repository, applicable=True)
    for snapshot, principle, score in rows.values_list("snapshot_id", "principle", "score"):
        found[snapshot][principle] = score
    return found


def verdict(snapshot: Snapshot) -> Verdict:
    """A snapshot as a page shows it."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for one in snapshot.excluded:
        by_reason[str(one["reason"])].append(str(one["path"]))
    return Verdict(
        id=snapshot.pk,
        commit=snapshot.commit,
        committed_at=snapshot.committed_at,
        author=snapshot.author,
        subject=snapshot.subject,
        engine=snapshot.engine,
        rubric=snapshot.rubric,
        score=snapshot.score,
        strict_score=snapshot.strict_score,
        coverage=snapshot.coverage,
        lines=snapshot.lines,
        modules=snapshot.modules,
        new=snapshot.new_findings,
        fixed=snapshot.fixed_findings,
        open=snapshot.open_findings,
        accepted=snapshot.accepted_findings,
        excluded=tuple(
            LeftOut(reason, tuple(sorted(paths)))
            for reason, paths in sorted(by_reason.items(), key=lambda item: -len(item[1]))
        ),
        unmeasured=tuple(
            Unread(str(one["path"]), str(one["reason"]), one.get("line"), int(one["lines"]))
            for one in snapshot.unmeasured
        ),
        notices=tuple(str(notice) for notice in snapshot.notices),
        rewritten=len(snapshot.rewritten),
        uncounted=len(snapshot.uncounted),
        turn=snapshot.turn,
        judged_at=snapshot.judged_at,
    )


def standings(snapshot: Snapshot | None, before: Values) -> tuple[Standing, ...]:
    """The principles of a snapshot in the order of the rubric, those not built included."""
    if snapshot is None:
        return ()
    rows = {row.principle: row for row in PrincipleScore.objects.filter(snapshot=snapshot)}
    total = sum(row.weight for row in rows.values() if row.applicable)
    return tuple(_standing(rows[key], before, total) for key in KEYS if key in rows)


def _standing(row: PrincipleScore, before: Values, total: float) -> Standing:
    then = before.get(row.principle)
    return Standing(
        label=LABELS[row.principle],
        applicable=row.applicable,
        score=row.score if row.applicable else None,
        strict_score=row.strict_score if row.applicable else None,
        n=row.n,
        conforming=row.conforming,
        debt=row.debt,
        accepted_debt=row.accepted_debt,
        grace=row.grace,
        rigour=row.rigour,
        weight=row.weight,
        share=row.weight / total if row.applicable and total else 0.0,
        points_lost=row.points_lost,
        findings=row.findings,
        change=shown_change(row.score, then)
        if row.score is not None and then is not None
        else None,
    )


def file_places(repository: Repository | int, days: Window = USUAL) -> tuple[FilePlace, ...]:
    """The files, worst first, with their changes in a window; in one query."""
    rows = FileScore.objects.filter(repository=repository).order_by("-points_lost", "path")
    columns = ("path", "lines", "score", "points_lost", "findings", f"changes_{days}")
    return tuple(FilePlace(*row) for row in rows.values_list(*columns))


def rule_costs(repository: Repository | int, principle: str = "") -> tuple[RuleCost, ...]:
    """Rules by what their open findings take; advisory ones come last."""
    rows = Finding.objects.filter(IS_OPEN, repository=repository).order_by()
    if principle:
        rows = rows.filter(principle=principle)
    grouped = rows.values("rule", "principle").annotate(n=Count("*"), lost=Sum("points"))
    costs = [
        RuleCost(rule, rule_title(rule), key, n, lost)
        for rule, key, n, lost in grouped.values_list("rule", "principle", "n", "lost")
    ]
    return tuple(sorted(costs, key=lambda cost: (-cost.points, -cost.count, cost.code)))


def costs_by_rule(repository_id: int) -> Mapping[str, RuleCost]:
    """What each rule costs in the latest verdict, by its code, in one query."""
    return {cost.code: cost for cost in rule_costs(repository_id)}


def _ages(repository: Repository) -> tuple[Age, ...]:
    mine = Finding.objects.filter(repository=repository, first_in__repository=repository)
    rows = mine.filter(IS_OPEN, cost__gt=0).order_by()
    dated = rows.annotate(day=Day(Coalesce("introduced_at", "first_in__committed_at")))
    grouped = dated.values("day").annotate(n=Count("*"), lost=Sum("points"))
    return tuple(Age(day_of(day), *sums) for day, *sums in grouped.values_list("day", "n", "lost"))


def worst(files: Sequence[FilePlace], most: int) -> list[FilePlace]:
    """The files that take most, among those that take anything."""
    return [file for file in files[:most] if file.points_lost > 0]
