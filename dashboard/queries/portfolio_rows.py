"""What the portfolio says of one repository."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.principles import LABELS, Label
from dashboard.queries.scan_states import ScanState
from scanner.domain.findings import PARTIAL_BELOW
from scanner.domain.masses import NOTHING, Packed, scores_of
from scanner.domain.rubric import KEYS


@dataclass(frozen=True, slots=True)
class Cell:
    """One principle of a repository. `score` is None where it does not apply or is unknown."""

    key: str
    score: float | None

    @property
    def label(self) -> Label:
        """Its name."""
        return LABELS[self.key]


@dataclass(frozen=True, slots=True)
class Row:
    """One repository. Scores are None until its first scan is done; names are hostile text."""

    id: int
    name: str
    slug: str
    team: str
    team_slug: str
    score: float | None
    grade: str
    coverage: float
    lines: int
    week: float | None  # change of the score since Monday, as `weeks` has it
    month: float | None
    new: int  # since Monday
    fixed: int
    commit: str
    state: ScanState
    snapshot: int | None = None  # the latest
    spark: tuple[tuple[float, float], ...] = ()  # of rows that are `detailed`
    packed: Packed = NOTHING  # the scores of principles, without their masses
    labels: tuple[str, ...] = ()

    @property
    def partial(self) -> bool:
        """Too little was measured: drawn hollow."""
        return self.score is not None and self.coverage < PARTIAL_BELOW

    @property
    def standing(self) -> float:
        """The score as a figure to sort and draw by; 0 where there is none."""
        return self.score or 0.0

    @property
    def fell(self) -> float:
        """By how much it fell this week; 0 where it did not, or nothing is known."""
        return max(0.0, -(self.week or 0.0))

    @property
    def moved(self) -> float:
        """The change of thirty days; 0 where it is not known."""
        return self.month or 0.0

    def principle(self, key: str) -> float | None:
        """The score of one principle; None where it does not apply."""
        return scores_of(self.packed).get(key)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All principles in the order of the rubric."""
        scores = scores_of(self.packed)
        return tuple(Cell(key, scores.get(key)) for key in KEYS)


@dataclass(frozen=True, slots=True)
class TeamChoice:
    """A team as a filter offers it."""

    name: str
    slug: str
