"""Points of a past under other rubrics, and who may count some of them beside the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from scanner.domain.findings import Tally
from scanner.domain.revisions import Link
from scanner.domain.rubric import Rubric

Tallies = Mapping[str, Tally]
"""By principle; one that does not apply to the commit has none."""


@dataclass(frozen=True, slots=True)
class Recounted:
    """One commit under each of the rubrics, in their order."""

    commit: str
    tallies: tuple[Tallies, ...]


class Counting(Protocol):
    """Somebody who counts, and is asked once."""

    def ask(
        self, links: Sequence[Link], rubrics: Sequence[Rubric], principles: Sequence[str]
    ) -> None:
        """Count some links of a chain."""
        ...

    @property
    def done(self) -> int:
        """How many there are so far."""
        ...

    def points(self) -> Sequence[Recounted] | None:
        """All of them, in the order of the links, once they are there; None where that failed."""
        ...


class Aside(Protocol):
    """Counts points on another core."""

    def begin(self) -> AbstractContextManager[Counting]:
        """Make ready; whatever is not done at the end of the block is left."""
        ...
