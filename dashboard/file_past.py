"""What is shown of a file's own past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.charts.contract import Chart, Twin
from dashboard.charts.scale import DASH, floored
from dashboard.charts.steps import range_of, steps
from scanner.application.file_history import FileMoment, FilePast

TALL: Final = 110.0
LOW: Final = 44.0
NEAR: Final = 0.05  # points: closer scores are shown as the same


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the past: its name, where it stands, where it began, its chart."""

    name: str
    now: str
    then: str  # "" where there is one change only
    chart: Chart


@dataclass(frozen=True, slots=True)
class ShownPast:
    """Lines of score, lines and complexity over the same figures."""

    lines: tuple[Line, ...]
    twin: Twin
    count: int  # changes
    first: FileMoment
    last: FileMoment
    names: tuple[str, ...]  # what it was called before, the latest first
    differs: bool  # rules over several modules change the score of the page


def shown(past: FilePast, score: float) -> ShownPast | None:
    """The past as the page shows it; None where no change could be read. `score` is today's."""
    moments = past.moments
    if not moments:
        return None
    last, twin = moments[-1], _twin(moments)
    scores = [each.score for each in moments if each.score is not None]
    lines = [
        _line("Lines", [each.lines for each in moments], twin),
        _line("Complexity", [each.complexity for each in moments], twin),
    ]
    return ShownPast(
        lines=(_score_line(scores, twin), *lines) if scores else tuple(lines),
        twin=twin,
        count=len(moments),
        first=moments[0],
        last=last,
        names=tuple(dict.fromkeys(each.path for each in moments[::-1] if each.path != last.path)),
        differs=last.score is not None and abs(last.score - score) >= NEAR,
    )


def _score_line(scores: Sequence[float], twin: Twin) -> Line:
    axis = range_of(scores, is_score=True)
    cut = "cut: it runs" if axis.low > 0 else "whole: it runs"
    now, then = floored(scores[-1]), floored(scores[0])
    chart = Chart(
        title=f"Score by change, {now} at the end",
        description=f"The axis of scores is {cut} from {axis.low:g} to {axis.high:g}. {_EQUAL}",
        drawing=steps(scores, TALL, f"Score, from {then} to {now}", is_score=True),
        twin=twin,
    )
    return Line("Score", now, then if len(scores) > 1 else "", chart)


def _line(name: str, values: Sequence[int], twin: Twin) -> Line:
    now, then = f"{values[-1]:,}", f"{values[0]:,}"
    chart = Chart(
        title=f"{name} by change, {now} at the end",
        description=f"The axis begins at 0. {_EQUAL}",
        drawing=steps(values, LOW, f"{name}, from {then} to {now}", is_score=False),
        twin=twin,
    )
    return Line(name, now, then if len(values) > 1 else "", chart)


_EQUAL: Final = "Each change is as wide as any other."


def _twin(moments: Sequence[FileMoment]) -> Twin:
    """Every change, newest first."""
    return Twin(
        caption="The file at each of its changes",
        head=("Commit", "Score", "Lines", "Complexity"),
        rows=tuple(_row(each) for each in reversed(moments)),
    )


def _row(moment: FileMoment) -> tuple[str, ...]:
    score = DASH if moment.score is None else floored(moment.score)
    when = f"{moment.at:%-d %b %Y}, {moment.commit[:7]}"
    return (when, score, f"{moment.lines:,}", f"{moment.complexity:,}")
