"""What the Compare page says of a comparison: its sentence, its waterfall and its commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard import sentences
from dashboard.charts.scale import floored, shown_change
from dashboard.charts.waterfall import Step, Waterfall, waterfall
from dashboard.drill import NAMES, Drill, counted
from scanner.application.comparison_record import ComparisonRecord, EffectRecord, StepRecord
from scanner.domain.comparison import Kind

LEAST: Final = 0.005  # points: less is not drawn
TOLD: Final = 0.05  # points: less is not worth a sentence
NOTEWORTHY: Final = 12  # commits that are shown at once
_CAUSES: Final[Mapping[Kind, str]] = {
    "new": "new findings",
    "fixed": "fixes",
    "changed": "findings that grew or shrank",
    "accepted": "acceptances",
    "rubric": "another rubric or engine",
    "structure": "the amount of code",
}
KIND_WORDS: Final[Mapping[Kind, str]] = {
    "new": "new",
    "fixed": "fixed",
    "changed": "changed",
    "accepted": "accepted",
    "rubric": "by the rubric",
    "structure": "left out",
}
"""What became of findings, behind their number."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A step with what it did to findings, and where they are listed."""

    step: StepRecord
    href: str
    new: int
    fixed: int
    other: int

    @property
    def is_told(self) -> bool:
        """Whether it moved the score visibly."""
        return abs(self.step.points) >= LEAST


def sentence(record: ComparisonRecord) -> str:
    """What the page opens with."""
    change = shown_change(record.after.score, record.before.score)
    grade = sentences.a_grade(record.after.score)
    if not change:
        return f"{record.name} stayed {grade}."
    verb = "rose" if change > 0 else "fell"
    return f"{record.name} {verb} {abs(change):.1f} to {floored(record.after.score)}, {grade}."


def cause(record: ComparisonRecord) -> str:
    """The two largest parts, in words."""
    parts = sorted(record.parts.items(), key=lambda item: -abs(item[1]))
    told = [(kind, points) for kind, points in parts if abs(points) >= TOLD][:2]
    if not told:
        return "Nothing moved it by as much as a tenth of a point."
    words = " and ".join(
        f"{_CAUSES[kind]} {'gave' if points > 0 else 'took'} {abs(points):.1f}"
        for kind, points in told
    )
    return f"{words[0].upper()}{words[1:]}."


def fall(drill: Drill, before: str, after: str) -> Waterfall:
    """From the one score to the other; each part leads to its findings."""
    record = drill.record
    counts = {kind: sum(row.effect.kind == kind for row in drill.all) for kind in record.parts}
    steps = [
        Step(
            part_name(record, kind),
            points,
            neutral=kind in {"rubric", "structure"},
            href=drill.address(kind=kind, by="") if counts[kind] else "",
            note=f"{counts[kind]:,}" if counts[kind] else "",
        )
        for kind, points in record.parts.items()
        if abs(points) >= LEAST
    ]
    return waterfall((before, record.before.score), (after, record.after.score), steps)


def part_name(record: ComparisonRecord, kind: Kind) -> str:
    """A part in words; of the rubric's, whether it is the engine's too."""
    if kind != "rubric":
        return NAMES[kind]
    return rubric_name(record.before.rubric != record.after.rubric, record.engine)


def rubric_name(is_another: bool, engine: float) -> str:
    """What the part of the rubric is made of: another rubric, and what another engine did."""
    told = [word for word, differs in (("rubric", is_another), ("engine", engine)) if differs]
    return ", ".join(told).capitalize() or NAMES["rubric"]


def commits(drill: Drill) -> list[Commit]:
    """Every step, oldest first."""
    found: dict[int, list[EffectRecord]] = {}
    for row in drill.all:
        if row.effect.step is not None:
            found.setdefault(row.effect.step, []).append(row.effect)
    return [
        Commit(step, drill.address(commit=step.commit, by=""), *counted(found.get(place, ())))
        for place, step in enumerate(drill.record.steps)
    ]


def noteworthy(found: Sequence[Commit], most: int = NOTEWORTHY) -> list[Commit]:
    """The commits that moved the score most, in the order of time."""
    moved = sorted(found, key=lambda each: -abs(each.step.points))[:most]
    kept = {each.step.commit for each in moved if each.is_told}
    return [each for each in found if each.step.commit in kept]
