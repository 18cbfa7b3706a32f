"""The tallies of a few principles along the past, under several rubrics at once.

A change of the rubric leaves most principles as they are. What it touches is judged along the same
course as everything is, with the same rules and the same sums, so that each tally is the one that
judging its commit from scratch gives; the rest of the rules never run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from scanner.application.past import OpenedPast, Walk
from scanner.application.ports import FactsReader, Progress
from scanner.application.uncollected import uncollected
from scanner.domain.findings import Tally
from scanner.domain.revisions import Link
from scanner.domain.rubric import Rubric
from scanner.incremental import Course
from scanner.rules.dependence import entries_of

Tallies = Mapping[str, Tally]
"""By principle; one that does not apply to the commit has none."""


@dataclass(frozen=True, slots=True)
class Recounted:
    """One commit under each of the rubrics, in their order."""

    commit: str
    tallies: tuple[Tallies, ...]


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
        """The links of a chain, oldest first; reports as `Walk.points`. Raises UserError."""
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
