"""The tallies of a few principles along the past, under several rubrics at once.

A change of the rubric leaves most principles as they are. What it touches is judged along the same
course as everything is, with the same rules and the same sums, so that each tally is the one that
judging its commit from scratch gives; the rest of the rules never run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from typing import Final

from scanner.application.aside import Recounted
from scanner.application.past import OpenedPast, Walk
from scanner.application.ports import FactsReader, Progress
from scanner.application.uncollected import uncollected
from scanner.domain.revisions import Link
from scanner.domain.rubric import Rubric
from scanner.incremental import Course
from scanner.rules.dependence import entries_of

FEWEST: Final = 100  # points that are worth a second process


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

        Where somebody may count beside us, the newer half is theirs.
        """
        aside = self._opened.aside
        if aside is None or len(links) < FEWEST:
            yield from self._count(links, report)
            return
        half = len(links) // 2
        keys = [entry.principle.key for entry in self._entries]
        with aside.begin(links[half:], self._rubrics, keys) as other:

            def both(phase: str, done: int, total: int) -> None:
                is_ours = phase != "judge"
                report(phase, done + other.done * (not is_ours), total if is_ours else len(links))

            yield from self._count(links[:half], both)
            found = other.points()
        yield from self._count(links[half:], report) if found is None else found

    def _count(self, links: Sequence[Link], report: Progress) -> Iterator[Recounted]:
        keys = [entry.principle.key for entry in self._entries]
        courses = [Course(rubric, self._entries) for rubric in self._rubrics]
        is_narrow = not any(entry.surveyed for entry in self._entries)
        walk = Walk(self._opened, self._reader, self._rubrics[0], narrow=is_narrow)
        with uncollected(), closing(walk.steps(links, report)) as steps:
            for number, step in enumerate(steps, 1):
                found = [course.advance(step.project, step.changed).tallies for course in courses]
                yield Recounted(
                    step.link.revision.commit,
                    tuple({key: each[key] for key in keys if key in each} for each in found),
                )
                report("judge", number, len(links))
