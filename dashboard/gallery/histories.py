"""Trends of invented repositories, for samples."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Final

from dashboard.charts.contract import Chart
from dashboard.queries.history import History, Moment
from dashboard.queries.what_if import Answered, Moved
from dashboard.trend_pages import Pages
from dashboard.trends import subject, trend
from dashboard.what_if_page import page_of
from scanner.domain.findings import PARTIAL_BELOW

START: Final = datetime(2023, 1, 2, tzinfo=UTC)
_PAGES: Final = Pages("shop", "orders")
_RELEASE: Final = 13  # weeks from one tag to the next


def trend_chart(weeks: int, *, partial: int = 0, gone: int = 0) -> Chart | None:
    """The overall score with three principles, a point a week.

    The first weeks may be `partial`; of some commits it is told that they are `gone`.
    """
    past = tuple(_moment(week, is_partial=week < partial) for week in range(weeks))
    left = tuple(_moment(weeks // 2 + number, vanished=True) for number in range(gone))
    values = {one.snapshot: _principles(one.snapshot) for one in past}
    drawn = trend(subject(History(past, whole=True, past=past, gone=left), values), _PAGES)
    return drawn.chart if drawn else None


def what_if_chart(weeks: int) -> Chart | None:
    """The score by two rubrics."""
    points = tuple(
        Moved(f"{week:040x}", START + timedelta(weeks=week), 1.0, _score(week), _score(week) - 6)
        for week in range(weeks)
    )
    return page_of(Answered((), points, 0, 0), {}, is_single=False).chart


def _moment(week: int, *, is_partial: bool = False, vanished: bool = False) -> Moment:
    score = _score(week) - 9 * vanished
    tags = [f"v{week // _RELEASE // 4}.{week // _RELEASE % 4}.0"] if week % _RELEASE == 2 else []
    return Moment(
        snapshot=week,
        at=START + timedelta(weeks=week),
        commit=f"{week:040x}",
        subject="Add totals",
        score=score,
        strict_score=score,
        coverage=PARTIAL_BELOW - 0.1 if is_partial else 1.0,
        engine="1.0.0+cpython-3.13",
        rubric="1-sample",
        new=0,
        fixed=0,
        rubric_before="",
        score_before=None,
        strict_before=None,
        vanished=vanished,
        tags=tags,
    )


def _score(week: int) -> float:
    return 72 + 12 * math.sin(week / 17) + 3 * math.sin(week / 2)


def _principles(week: int) -> dict[str, float | None]:
    return {
        "typing": min(40 + week / 2, 99),
        "complexity": _score(week) + 4,
        "async": None if week < 30 else 64 + 5 * math.cos(week / 9),
    }
