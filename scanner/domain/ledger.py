"""From charges to tallies, scores and points: every lost point is a line of code.

The points of the findings, and those of the files, sum to 100 minus the overall score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from scanner.domain.findings import MILLION, FileScore, PrincipleScore, Tally
from scanner.domain.rubric import Rubric, Terms
from scanner.domain.scoring import (
    NOTHING,
    SiteCost,
    add,
    overall,
    points_per_unit,
    score,
    settle,
    strict_score,
)

Tallies = Mapping[str, Tally]
"""Tallies by principle key."""


@dataclass(slots=True)
class Account:
    """One principle's sites and costs in one file, before they are settled."""

    mass: int = 0
    places: int = 0
    costs: list[SiteCost] = field(default_factory=list)

    def tally(self) -> Tally:
        """The sums of this file."""
        return settle(self.mass, self.places, self.costs)


@dataclass(frozen=True)
class Ledger:
    """The tallies of every file, and what follows from them.

    `applicable` are the principles that apply to the repository; files and folders inherit them.
    """

    rubric: Rubric
    applicable: frozenset[str]
    files: Mapping[str, Tallies]  # by path; a principle without sites or debt is left out

    @cached_property
    def totals(self) -> Tallies:
        """The tally of the whole, by applicable principle."""
        return self.roll_up(self.files)

    def roll_up(self, paths: Iterable[str]) -> Tallies:
        """The tally of some files, by applicable principle: sums, never means."""
        parts: dict[str, list[Tally]] = {terms.key: [] for terms in self.terms}
        for path in paths:
            for key, tally in self.files[path].items():
                parts[key].append(tally)
        return {key: add(tallies) for key, tallies in parts.items()}

    @cached_property
    def terms(self) -> Sequence[Terms]:
        """The terms of the principles that apply, in order."""
        return [terms for terms in self.rubric.principles if terms.key in self.applicable]

    def score_of(self, tallies: Tallies) -> float:
        """The overall score of a scope; a principle with nothing to judge there counts 100."""
        return overall(
            [
                (score(tallies.get(terms.key, NOTHING), terms), terms.weight_millionths)
                for terms in self.terms
            ]
        )

    def strict_score_of(self, tallies: Tallies) -> float:
        """The same with accepted findings counted as open."""
        return overall(
            [
                (strict_score(tallies.get(terms.key, NOTHING), terms), terms.weight_millionths)
                for terms in self.terms
            ]
        )

    @cached_property
    def rates(self) -> Mapping[str, float]:
        """Points of the overall score that a cost of one millionth takes, by principle."""
        weight = sum(terms.weight_millionths for terms in self.terms)
        return {
            terms.key: points_per_unit(self.totals[terms.key], terms, weight) / MILLION
            for terms in self.terms
        }

    def principle_scores(self, findings: Mapping[str, int]) -> Iterator[PrincipleScore]:
        """All principles in order, with their numbers of open findings that cost something."""
        for terms in self.rubric.principles:
            applies = terms.key in self.applicable
            tally = self.totals[terms.key] if applies else NOTHING
            yield PrincipleScore(
                key=terms.key,
                applicable=applies,
                score=score(tally, terms) if applies else None,
                strict_score=strict_score(tally, terms) if applies else None,
                tally=tally,
                grace=terms.grace_millionths,
                rigour=terms.rigour,
                weight=terms.weight,
                points_lost=self.rates[terms.key] * tally.debt if applies else 0.0,
                findings=findings.get(terms.key, 0) if applies else 0,
            )

    def file_scores(self, lines: Mapping[str, int]) -> Iterator[FileScore]:
        """Every file by path; `lines` holds the measured modules."""
        for path in sorted(self.files):
            tallies = self.files[path]
            own = [terms for terms in self.terms if terms.key in tallies]
            yield FileScore(
                path=path,
                lines=lines.get(path, 0),
                score=self.score_of(tallies),
                points_lost=sum(self.rates[terms.key] * tallies[terms.key].debt for terms in own),
                scores=tuple((terms.key, score(tallies[terms.key], terms)) for terms in own),
                tallies=tuple((terms.key, tallies[terms.key]) for terms in own),
            )


class Book:
    """Accounts while they are filled, by path and principle."""

    def __init__(self, applicable: frozenset[str]) -> None:
        self._applicable = applicable
        self._accounts: dict[str, dict[str, Account]] = defaultdict(dict)

    def open_file(self, path: str) -> None:
        """A file that is listed even with nothing to judge in it."""
        self._accounts[path]

    def place(self, path: str, principle: str, mass: int, places: int) -> None:
        """Sites of a file. Those of a principle that does not apply are left out."""
        if principle in self._applicable and places:
            account = self._account(path, principle)
            account.mass += mass
            account.places += places

    def charge(self, path: str, principle: str, cost: SiteCost) -> None:
        """A cost in a file."""
        self._account(path, principle).costs.append(cost)

    def close(self, rubric: Rubric) -> Ledger:
        """Settle all accounts."""
        files = {
            path: {key: account.tally() for key, account in accounts.items()}
            for path, accounts in self._accounts.items()
        }
        return Ledger(rubric, self._applicable, files)

    def _account(self, path: str, principle: str) -> Account:
        return self._accounts[path].setdefault(principle, Account())
