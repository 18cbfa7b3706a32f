"""The scores of many repositories together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.scale import shown_change
from dashboard.rollup import RollUp, roll_up
from scanner.domain.masses import Packed, added
from scanner.domain.rubric import Rubric
from scanner.storage.entries import Entry


@dataclass(frozen=True, slots=True)
class Totals:
    """All repositories, their change since a time, and all but the one that stands lowest."""

    total: RollUp | None = None
    change: float | None = None  # over those that were known then
    without_worst: RollUp | None = None


def totals(entries: Sequence[Entry], default: Rubric) -> Totals:
    """The roll-ups of the snapshots that stand, and of those that stood as the week began.

    Of several that stand lowest, the first is the worst.
    """
    total, change = standing_of(entries, default)
    worst = min(entries, key=lambda entry: entry.score, default=None)
    rest = [entry for entry in entries if entry is not worst]
    return Totals(
        total=total,
        change=change,
        without_worst=_rolled(rest, default) if rest else None,
    )


def standing_of(entries: Sequence[Entry], default: Rubric) -> tuple[RollUp | None, float | None]:
    """These repositories together, and how those that were known as the week began have moved."""
    known = [entry for entry in entries if entry.week_score is not None]
    before = _together([entry.stood for entry in known], default)
    total = _rolled(entries, default)
    of_known = total if len(known) == len(entries) else _rolled(known, default)
    change = shown_change(of_known.score, before.score) if of_known and before else None
    return total, change


def _rolled(entries: Sequence[Entry], default: Rubric) -> RollUp | None:
    return _together([entry.standing for entry in entries], default)


def _together(several: Sequence[Packed], default: Rubric) -> RollUp | None:
    return roll_up(added(several), default)
