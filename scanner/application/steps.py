"""The commits between two points: what each did to the score, and to which findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, pairwise
from typing import Final

from scanner.application.comparison_record import StepRecord
from scanner.application.past import OpenedPast, Walk
from scanner.application.ports import Ancestry, FactsReader, Progress
from scanner.domain.comparison import Effect
from scanner.domain.lifecycle import Surroundings, Trace, match
from scanner.domain.revisions import Ancestor, Change, Link
from scanner.domain.rubric import Rubric
from scanner.domain.timeline import Choice, points
from scanner.incremental import Course, Standing
from scanner.witness import Difference, Sighting, Witness

MOST_STEPS: Final = 250  # commits that are judged one by one; where there are more, the weeks are
SUFFIXES: Final = (".py", ".pyi")


@dataclass(frozen=True, slots=True)
class Route:
    """From one commit to another along first parents: back to where both meet, and forth."""

    back: tuple[Link, ...]  # oldest first; what is taken back
    fork: Link
    forth: tuple[Link, ...]  # oldest first
    is_weekly: bool = False

    @property
    def stations(self) -> tuple[Link, ...]:
        """The commits to be judged, in the order of the way."""
        return (*self.back[-1:], self.fork, *self.forth)


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a route, and which of them did what to a finding."""

    records: tuple[StepRecord, ...] = ()
    is_weekly: bool = False
    story: Story | None = None

    def of(self, effect: Effect) -> int | None:
        """The place of the step behind an effect, as far as one alone can be told."""
        return self.story.step_of(effect) if self.story else None


def route(before: Sequence[Link], after: Sequence[Link], most: int = MOST_STEPS) -> Route | None:
    """The way between the ends of two chains; None where they have no commit in common."""
    places = {link.revision.commit: place for place, link in enumerate(after)}
    meet = next((n for n in reversed(range(len(before))) if _commit(before[n]) in places), None)
    if meet is None:
        return None
    forth = tuple(after[places[_commit(before[meet])] + 1 :])
    back = tuple(before[meet + 1 :])
    if len(forth) <= most:
        return Route(back, before[meet], forth)
    return Route(back, before[meet], tuple(points(forth, Choice())), is_weekly=True)


def take_steps(
    opened: OpenedPast, ancestry: Ancestry, way: Route, rubric: Rubric, reader: FactsReader,
    report: Progress,
) -> Steps:  # fmt: skip
    """Judge each station by one rubric, acceptances of the team left out. Raises UserError."""
    stations = way.stations
    changes = opened.past.changes(stations)
    witness, story = Witness(), Story(ancestry)
    standings: list[Standing] = []
    course = Course(rubric, witness=witness)
    steps = Walk(opened, reader, rubric).steps(stations, report)
    for number, step in enumerate(steps):
        standings.append(course.advance(step.project, step.changed))
        story.take(step.link, changes[number], witness.step(standings[-1].tallies))
        report("judge", number + 1, len(stations))
    records = [
        _record(link, found, changed, (earlier.score, later.score))
        for link, found, changed, (earlier, later) in zip(
            stations[1:], _brought(opened, way), changes[1:], pairwise(standings), strict=True
        )
    ]
    if way.back:
        records[0] = _taken_back(records[0], way.back[-1])
    return Steps(tuple(records), way.is_weekly, story)


def _commit(link: Link) -> str:
    return link.revision.commit


def _record(
    link: Link, brought: Sequence[Ancestor], changes: Iterable[Change], scores: tuple[float, float]
) -> StepRecord:
    revision, (before, after) = link.revision, scores
    return StepRecord(
        commit=revision.commit,
        committed_at=revision.committed_at,
        author=revision.author,
        subject=revision.subject,
        commits=max(len(brought), 1),
        authors=tuple(dict.fromkeys(each.author for each in brought)) or (revision.author,),
        files=sum(change.path.endswith(SUFFIXES) for change in changes),
        points=after - before,
    )


def _taken_back(record: StepRecord, last: Link) -> StepRecord:
    """The first step, where it leads back: it is told by the commit that it leaves."""
    revision = last.revision
    return replace(
        record,
        commit=revision.commit,
        committed_at=revision.committed_at,
        author=revision.author,
        subject=revision.subject,
        is_back=True,
    )


def _brought(opened: OpenedPast, way: Route) -> list[list[Ancestor]]:
    """The commits of each step, those of merged lines included, oldest first."""
    past, fork = opened.past, _commit(way.fork)
    found = [list(past.ancestors(_commit(way.back[-1]), fork))] if way.back else []
    if way.forth:
        waiting = {each.commit: each for each in past.ancestors(_commit(way.forth[-1]), fork)}
        order = {commit: place for place, commit in enumerate(waiting)}
        for link in way.forth:
            taken = _reachable(_commit(link), waiting)
            found.append(sorted(taken, key=lambda each: order[each.commit]))
    return found


def _reachable(commit: str, waiting: dict[str, Ancestor]) -> list[Ancestor]:
    """Take a commit and what leads to it out of those that wait."""
    taken, todo = [], [commit]
    while todo:
        found = waiting.pop(todo.pop(), None)
        if found is not None:
            taken.append(found)
            todo.extend(found.parents)
    return taken


@dataclass(slots=True)
class _Life:
    """A finding on its way; steps are counted from 0, None is before the first."""

    born: int | None = None
    died: int | None = None
    grown: dict[int, int] = field(default_factory=dict)  # change of the cost by step


class Story:
    """Follows findings from station to station, also where they move."""

    def __init__(self, ancestry: Ancestry) -> None:
        self._ancestry = ancestry
        self._step = count(-1)  # the first station is the start, and no step
        self._tree: dict[str, str] = {}
        self._commit = ""
        self._first: dict[str, _Life] = {}
        self._now: dict[str, _Life] = {}

    def take(self, link: Link, changes: Iterable[Change], seen: Difference) -> None:
        """Go to the next station."""
        step, before = next(self._step), dict(self._tree)
        for change in changes:
            if change.blob:
                self._tree[change.path] = change.blob
            else:
                self._tree.pop(change.path, None)
        if step < 0:
            self._now = {name: _Life() for name in seen.came}
            self._first = dict(self._now)
        else:
            self._follow(step, seen, self._around(before, link, seen))
        self._commit = link.revision.commit

    def step_of(self, effect: Effect) -> int | None:
        """The step behind an effect between the first station and the last."""
        name = effect.finding.fingerprint
        gone, here = self._first.get(name), self._now.get(name)
        if here is None:
            return gone.died if gone else None
        if here.grown and effect.kind == "changed":
            return max(here.grown, key=lambda step: (abs(here.grown[step]), step))
        return here.born

    def _follow(self, step: int, seen: Difference, around: Callable[[], Surroundings]) -> None:
        pairs: dict[str, str] = {}
        if seen.went and seen.came:
            olds = _traces(seen.went)
            pairs = dict(match(olds, _traces(seen.came), around()).still_open)
        lives = {name: self._now.pop(name) for name in seen.went}
        for old, new in pairs.items():
            self._now[new] = lives.pop(old)
            grown = seen.came[new].cost - seen.went[old].cost
            if grown:
                self._now[new].grown[step] = grown
        for life in lives.values():
            life.died = step
        for name in seen.came.keys() - set(pairs.values()):
            self._now[name] = _Life(born=step)
        for name, change in seen.grew.items():
            self._now[name].grown[step] = change

    def _around(
        self, before: Mapping[str, str], link: Link, seen: Difference
    ) -> Callable[[], Surroundings]:
        def around() -> Surroundings:
            is_missing = any(each.trace.path not in self._tree for each in seen.went.values())
            commits = (self._commit, link.revision.commit)
            renames = self._ancestry.renames(*commits) if is_missing else {}
            return Surroundings(renames, before, self._tree)

        return around


def _traces(sightings: Mapping[str, Sighting]) -> list[Trace]:
    return [each.trace for each in sightings.values()]
