"""What is shown of a file's own past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts.steps import steps
from scanner.application.file_history import FileMoment, FilePast

TALL: Final = 110.0
LOW: Final = 44.0
NEAR: Final = 0.05  # points: closer scores are shown as the same


@dataclass(frozen=True, slots=True)
class ShownPast:
    """Lines of score, lines and complexity, and the rows behind them."""

    score: SafeString
    lines: SafeString
    complexity: SafeString
    rows: tuple[FileMoment, ...]  # newest first
    first: FileMoment
    last: FileMoment
    names: tuple[str, ...]  # what it was called before, the latest first
    differs: bool  # rules over several modules change the score of the page


def shown(past: FilePast, score: float) -> ShownPast | None:
    """The past as the page shows it; None where no change could be read. `score` is today's."""
    moments = past.moments
    if not moments:
        return None
    last = moments[-1]
    return ShownPast(
        score=_line([each.score for each in moments if each.score is not None], is_score=True),
        lines=_line([each.lines for each in moments]),
        complexity=_line([each.complexity for each in moments]),
        rows=moments[::-1],
        first=moments[0],
        last=last,
        names=tuple(dict.fromkeys(each.path for each in moments[::-1] if each.path != last.path)),
        differs=last.score is not None and abs(last.score - score) >= NEAR,
    )


def _line(values: Sequence[float], *, is_score: bool = False) -> SafeString:
    if not values:
        return SafeString("")
    return steps(values, TALL if is_score else LOW, is_score=is_score)
