"""The past of repositories: their snapshots in the order of the commits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from django.db.models import OuterRef, Q, QuerySet, Subquery

from scanner.domain.findings import PARTIAL_BELOW
from scanner.storage.models import Repository, Snapshot


@dataclass(frozen=True, slots=True)
class Moment:
    """A snapshot as a point in time. `subject` comes from the repository and is hostile."""

    snapshot: int
    at: datetime
    commit: str
    subject: str
    score: float
    strict_score: float
    coverage: float
    engine: str
    rubric: str
    new: int
    fixed: int
    rubric_before: str  # of the verdict before, where that was another
    score_before: float | None  # of this very commit, by that rubric
    strict_before: float | None
    backfilled: bool = False  # a point of the past: no scan looked at it when it was new
    vanished: bool = False  # its commit is no longer on the branch
    tags: Sequence[str] = ()  # of its commit; they come from the repository and are hostile
    left_out: int = 0  # modules that the repository's own configuration excludes; scans know it
    replaced: Moment | None = None  # the verdict that stood on this commit before

    @property
    def partial(self) -> bool:
        """Too little was measured: drawn hollow."""
        return self.coverage < PARTIAL_BELOW

    @property
    def spared(self) -> float:
        """What acceptances add to the score."""
        return self.score - self.strict_score

    @property
    def spared_by_code(self) -> float:
        """The same before another rubric judged: what of it no change of the rubric made."""
        if self.score_before is None or self.strict_before is None:
            return self.spared
        return self.score_before - self.strict_before

    @property
    def rubric_effect(self) -> float:
        """What another rubric did to the score; 0 where it was none, or is not known."""
        return 0.0 if self.score_before is None else self.score - self.score_before

    @property
    def verdicts(self) -> tuple[Moment, ...]:
        """This verdict, after those that it replaced."""
        return (*self.replaced.verdicts, self) if self.replaced else (self,)

    @property
    def rubric_effects(self) -> float:
        """What all changes of the rubric on this commit did."""
        return sum(one.rubric_effect for one in self.verdicts)


_COLUMNS = (
    "repository_id",
    "id",
    "committed_at",
    "commit",
    "subject",
    "score",
    "strict_score",
    "coverage",
    "engine",
    "rubric",
    "new_findings",
    "fixed_findings",
    "rubric_before",
    "score_before",
    "strict_before",
    "backfilled",
    "vanished",
    "tags",
    "left_out",
)


@dataclass(frozen=True, slots=True)
class History:
    """The scanned moments of one repository, oldest first, one a commit.

    `whole` says that the first of them is the repository's first ever, so that its findings were
    not new then: they were there before anyone looked. `past` holds what a trend shows: the points
    of a backfill too, and no commit that vanished from the branch. Those are `gone`.
    """

    moments: tuple[Moment, ...]
    whole: bool
    past: tuple[Moment, ...] = ()
    gone: tuple[Moment, ...] = ()

    def before(self, when: datetime) -> Moment | None:
        """The commit that stood at a time, scanned or read later; None when none is known."""
        known = [moment for moment in self.past if moment.at < when]
        return known[-1] if known else None

    def since(self, when: datetime) -> tuple[Moment, ...]:
        """All verdicts on what came after a time, the very first snapshot left out."""
        later = self.moments[1:] if self.whole else self.moments
        found = (moment.verdicts for moment in later if moment.at > when)
        return tuple(verdict for several in found for verdict in several)

    def rubric_effects(self, when: datetime) -> float:
        """What changes of the rubric did since a time; 0 where the score then is by this one."""
        then = self.before(when)
        if not self.moments or (then and then.rubric == self.moments[-1].rubric):
            return 0.0
        return sum(moment.rubric_effects for moment in self.moments if moment.at > when)

    def largest_step(self, when: datetime) -> Moment | None:
        """The commit after a time that moved the score most, changes of the rubric left out."""
        steps = [
            (abs(_step(earlier, after)), after)
            for earlier, after in pairwise(self.past)
            if after.at > when
        ]
        return max(steps, key=lambda step: step[0])[1] if steps else None


def _step(earlier: Moment, after: Moment) -> float:
    """What the code did to the score between two moments."""
    by_rubric = 0.0 if earlier.rubric == after.rubric else after.rubric_effects
    return after.score - by_rubric - earlier.score


NONE = History((), whole=True)


def histories(ids: Collection[int], since: datetime) -> Mapping[int, History]:
    """What happened since a time, with what stood before it, scanned and at all; two queries."""
    earlier = Snapshot.objects.filter(repository=OuterRef("pk"), committed_at__lt=since)
    earlier = earlier.order_by("-committed_at", "-judged_at", "-pk")
    found = Repository.objects.filter(pk__in=ids).annotate(
        scanned=Subquery(earlier.filter(backfilled=False).values("pk")[:1]),
        standing=Subquery(earlier.filter(vanished=False).values("pk")[:1]),
    )
    lasts = list(found.values_list("pk", "scanned", "standing"))
    wanted = {snapshot for _, *several in lasts for snapshot in several if snapshot is not None}
    rows = Snapshot.objects.filter(repository__in=ids).filter(
        Q(committed_at__gte=since) | Q(pk__in=list(wanted))
    )
    known = {repository for repository, scanned, _ in lasts if scanned is not None}
    return {pk: _history(found, whole=pk not in known) for pk, found in _grouped(rows).items()}


def history_of(repository: Repository) -> History:
    """Every moment of one repository, in one query."""
    rows = Snapshot.objects.filter(repository=repository)
    return _history(_grouped(rows).get(repository.pk, ()), whole=True)


def _grouped(rows: QuerySet[Snapshot]) -> Mapping[int, Sequence[Moment]]:
    """Verdicts by repository, in the order in which they were made."""
    found: dict[int, list[Moment]] = defaultdict(list)
    for repository, *values in rows.order_by("judged_at", "pk").values_list(*_COLUMNS):
        found[repository].append(Moment(*values))
    return found


def _history(verdicts: Sequence[Moment], *, whole: bool) -> History:
    """Of several verdicts on one commit, the one made last counts."""
    scanned: dict[str, Moment] = {}
    last: dict[str, Moment] = {}
    for verdict in verdicts:
        moment = replace(verdict, replaced=scanned.get(verdict.commit))
        if not verdict.backfilled:
            scanned[verdict.commit] = moment
        last[verdict.commit] = moment
    standing = [moment for moment in last.values() if not moment.vanished]
    gone = [moment for moment in last.values() if moment.vanished]
    return History(_ordered(scanned.values()), whole, _ordered(standing), _ordered(gone))


def _ordered(moments: Iterable[Moment]) -> tuple[Moment, ...]:
    return tuple(sorted(moments, key=lambda moment: (moment.at, moment.snapshot)))
