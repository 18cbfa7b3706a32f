"""The verdict on one tree: findings, principle scores, files and the ledger.

Masses and costs are whole millionths of a principle's unit, so sums are exact in any order and a
score is one division at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MILLION: Final = 1_000_000
PARTIAL_BELOW: Final = 0.95


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Charge:
    """The part of a finding's cost that falls on one site of one file, in millionths.

    `site` and `mass` say where the cost counts against conforming mass, so that a fix can be
    weighed from stored charges alone. Pure debt has no site and no mass.
    """

    path: str
    line: int
    cost: int
    site: str = ""  # unique in the file, within the principle
    mass: int = 0  # of that site


@dataclass(frozen=True, slots=True)
class Finding:
    """One offender. `points` is what it takes from the overall score, unrounded."""

    rule: str
    name: str
    principle: str
    path: str
    line: int
    end_line: int
    symbol: str
    message: str
    cost: int  # millionths; 0 for an advisory finding
    points: float  # 0.0 while accepted
    fingerprint: str  # 16 hexadecimal digits, unique within an assessment
    effort: int  # minutes
    digest: str = ""  # of the offending node; "" for a finding about a whole
    accepted: bool = False
    related: tuple[Place, ...] = ()
    charges: tuple[Charge, ...] = ()
    detail: str = ""  # what else is wrong at the same site
    accepted_by: str = ""  # "comment" | "team"; "" while open
    reason: str = ""  # of the acceptance


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums of one principle over some scope, in millionths, and the sites counted."""

    conforming: int = 0
    debt: int = 0
    accepted_debt: int = 0
    strict_conforming: int = 0  # with accepted findings counted as open
    n: int = 0


@dataclass(frozen=True, slots=True)
class PrincipleScore:
    """One principle's verdict. `score` is None when the principle does not apply."""

    key: str
    applicable: bool
    score: float | None
    strict_score: float | None
    tally: Tally
    grace: int  # millionths
    rigour: float
    weight: float  # nominal
    points_lost: float
    findings: int  # with a cost, open


@dataclass(frozen=True, slots=True)
class FileScore:
    """A measured module in scope, or another path that bears debt."""

    path: str
    lines: int
    score: float
    points_lost: float
    scores: tuple[tuple[str, float], ...]  # the principles with sites or debt in this file
    tallies: tuple[tuple[str, Tally], ...] = ()


@dataclass(frozen=True, slots=True)
class Excluded:
    """A module that is left out on purpose: test, generated, vendored, migration, ..."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnmeasuredFile:
    """A module in scope that could not be read."""

    path: str
    reason: str
    line: int | None
    lines: int


@dataclass(frozen=True, slots=True)
class UncountedComment:
    """A suppression comment that does not count, and why."""

    path: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class RewrittenFile:
    """A module in scope that was read with newer syntax written in its older shape."""

    path: str
    constructs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole verdict. Lists are sorted: findings by path, line, rule; files by path.

    The points of the findings, and the points lost of the files, sum to 100 - score.
    """

    score: float
    strict_score: float
    grade: str
    lines: int  # measured, in scope
    modules: int
    coverage: float  # 0 to 1
    rubric: str
    principles: tuple[PrincipleScore, ...]  # all ten, in the order of the rubric
    files: tuple[FileScore, ...]
    findings: tuple[Finding, ...]
    excluded: tuple[Excluded, ...]
    unmeasured: tuple[UnmeasuredFile, ...]
    notices: tuple[str, ...] = ()  # unknown keys of [tool.codevitals], how to declare layers
    uncounted: tuple[UncountedComment, ...] = ()  # suppression comments, by path and line
    rewritten: tuple[RewrittenFile, ...] = ()

    @property
    def is_partial(self) -> bool:
        """Too little was measured for the score to pass a gate."""
        return self.coverage < PARTIAL_BELOW
