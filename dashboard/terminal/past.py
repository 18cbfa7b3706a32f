"""A history as text: a line a point, with its change, its bar and its tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dashboard.terminal.verdict import down, printable
from scanner.application.history import History, PointWithTags
from scanner.domain.findings import PARTIAL_BELOW
from scanner.domain.scoring import grade

BAR: Final = 20
MOST_TAGS: Final = 3


def past(history: History) -> str:
    """The whole text, ending in a newline."""
    return "\n".join([*_head(history), *_lines(history.points)]) + "\n"


def _head(history: History) -> Iterator[str]:
    points = history.points
    first, last = points[0].point, points[-1].point
    moved = last.standing.score - first.standing.score
    since = f"{first.link.revision.committed_at:%Y-%m-%d}"
    now = f"{printable(history.name)} scores {down(last.standing.score)}"
    count = "1 point" if len(points) == 1 else f"{len(points):,} points"
    yield f"{now} ({grade(last.standing.score)}); {moved:+.1f} since {since}, {count}"
    yield ""
    yield "date        commit    score          change     lines"


def _lines(points: Sequence[PointWithTags]) -> Iterator[str]:
    before: float | None = None
    for each in points:
        yield _line(each, before)
        before = each.point.standing.score


def _line(each: PointWithTags, before: float | None) -> str:
    revision, standing = each.point.link.revision, each.point.standing
    filled = round(standing.score / 100 * BAR)
    change = "" if before is None else f"{standing.score - before:+.1f}"
    parts = [
        f"{revision.committed_at:%Y-%m-%d}  {revision.commit[:8]}",
        f"{down(standing.score):>5} {grade(standing.score)} {'█' * filled:<{BAR}}",
        f"{change:>6} {standing.lines:>9,}",
    ]
    if standing.coverage < PARTIAL_BELOW:
        parts.append(f"partial, {down(standing.coverage * 100)} % measured")
    if each.tags:
        more = len(each.tags) - MOST_TAGS
        names = ", ".join(printable(tag) for tag in each.tags[:MOST_TAGS])
        parts.append(names + (f" and {more} more" if more > 0 else ""))
    return "  ".join(parts).rstrip()
