"""The past of one source, with no database: the use case of `manage.py history`."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from scanner.application.past import OpenedPast, Point, Walk
from scanner.application.ports import FactsReader, Progress
from scanner.domain.errors import UserError
from scanner.domain.rubric import Rubric
from scanner.domain.timeline import Choice, points


@dataclass(frozen=True, slots=True)
class HistoryRequest:
    """Which past to judge: a path or a URL of a git repository, and which of its commits."""

    source: str
    choice: Choice
    rubric: Rubric


@dataclass(frozen=True, slots=True)
class PointWithTags:
    """A point and the tags of its commit."""

    point: Point
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The points of a source, oldest first."""

    name: str
    points: tuple[PointWithTags, ...]


class Pasts(Protocol):
    """Opens what the user named."""

    def open(self, source: str, report: Progress) -> AbstractContextManager[OpenedPast]:
        """The opened past; temporary files are gone at the end. Raises UserError."""
        ...


def history(
    request: HistoryRequest, pasts: Pasts, reader: FactsReader, report: Progress
) -> History:
    """Open, choose, parse, judge. Raises UserError when there is nothing to judge.

    Commits without a module in scope are left out, for their score would say nothing.
    """
    with pasts.open(request.source, report) as opened:
        chain, tags = opened.past.chain(opened.head), opened.past.tags()
        links = points(chain, request.choice, tags)
        if not links:
            raise UserError(
                "history.empty",
                f"{opened.name} has no commit in this time.",
                "Choose other days for --since and --until, or leave them out.",
            )
        walk = Walk(opened, reader, request.rubric)
        found = [
            PointWithTags(point, tags.get(point.link.revision.commit, ()))
            for point in walk.points(links, report)
            if not point.standing.is_empty
        ]
        if not found:
            raise UserError(
                "history.no-module",
                f"{opened.name} has no Python module to score in this time.",
                "Choose other days, or a repository with Python code beside its tests.",
            )
    return History(opened.name, tuple(found))
