"""The tallies of a few principles along the past, under several rubrics at once.

A change of the rubric leaves most principles as they are. What it touches is judged along the same
course as everything is, with the same rules and the same sums, so that each tally is the one that
judging its commit from scratch gives; the rest of the rules never run.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from itertools import accumulate
from typing import Final

from scanner.application.aside import Recounted
from scanner.application.assess_tree import SUFFIXES
from scanner.application.past import OpenedPast, Walk
from scanner.application.ports import FactsReader, Progress
from scanner.application.uncollected import uncollected
from scanner.domain.revisions import Change, Link
from scanner.domain.rubric import Rubric
from scanner.incremental import Course
from scanner.rules.dependence import entries_of

FEWEST: Final = 100  # points that are worth a second process
SURVEY: Final = 10  # modules that are judged in the time of a survey of all of them


class Recount:
    """Judges some principles of one past."""

    def __init__(
        self,
        opened: OpenedPast,
        reader: FactsReader,
        rubrics: Sequence[Rubric],
        principles: Collection[str],
    ) -> None:
        self._opened = opened
        self._reader = reader
        self._rubrics = tuple(rubrics)
        self._entries = entries_of(principles)

    def points(self, links: Sequence[Link], report: Progress) -> Iterator[Recounted]:
        """The links of a chain, oldest first; reports as `Walk.points`. Raises UserError.

        Where somebody may count beside us, the newer part is theirs.
        """
        aside = self._opened.aside
        if aside is None or len(links) < FEWEST:
            yield from self._count(links, self._opened.past.changes(links), report)
            return
        with aside.begin() as other:
            changes = self._opened.past.changes(links)
            ours = self._ours(changes)
            keys = [entry.principle.key for entry in self._entries]
            other.ask(links[ours:], self._rubrics, keys)

            def both(phase: str, done: int, total: int) -> None:
                is_judging = phase == "judge"
                report(phase, done + is_judging * other.done, len(links) if is_judging else total)

            yield from self._count(links[:ours], changes[:ours], both)
            found = other.points()
        if found is None:
            rest = links[ours:]
            found = tuple(self._count(rest, self._opened.past.changes(rest), report))
        yield from found

    @property
    def _is_narrow(self) -> bool:
        """Whether no module matters but those that are judged one by one."""
        return not any(entry.surveyed for entry in self._entries)

    def _ours(self, changes: Sequence[tuple[Change, ...]]) -> int:
        """How many of the first steps are half of the work."""
        step = 1 if self._is_narrow else SURVEY
        work = list(accumulate(step + sum(map(_is_module, each)) for each in changes))
        return bisect_left(work, work[-1] / 2)

    def _count(
        self, links: Sequence[Link], changes: Sequence[tuple[Change, ...]], report: Progress
    ) -> Iterator[Recounted]:
        keys = [entry.principle.key for entry in self._entries]
        courses = [Course(rubric, self._entries) for rubric in self._rubrics]
        walk = Walk(self._opened, self._reader, self._rubrics[0], narrow=self._is_narrow)
        with uncollected(), closing(walk.follow(links, changes, report)) as steps:
            for number, step in enumerate(steps, 1):
                found = [course.advance(step.project, step.changed).tallies for course in courses]
                yield Recounted(
                    step.link.revision.commit,
                    tuple({key: each[key] for key in keys if key in each} for each in found),
                )
                report("judge", number, len(links))


def _is_module(change: Change) -> bool:
    return change.path.endswith(SUFFIXES)
