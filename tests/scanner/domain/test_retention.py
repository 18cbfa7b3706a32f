"""Which points stay for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scanner.domain.retention import StoredPoint, dispensable

MONDAY = datetime(2023, 1, 2, 9, tzinfo=UTC)
HORIZON = MONDAY + timedelta(weeks=2)


def point(day: float, number: int = 0, *, is_scanned: bool = True, **story: bool) -> StoredPoint:
    """A point so many days after the Monday; its id is its day unless another is given."""
    at = MONDAY + timedelta(days=day)
    flags = {"is_vanished": False, "is_special": False, **story}
    return StoredPoint(number or int(day), at, at, is_scanned, **flags)


def gone(*points: StoredPoint) -> list[int]:
    return [each.id for each in dispensable(points, HORIZON)]


def test_the_last_point_of_a_week_stays() -> None:
    assert gone(point(8), point(1), point(6.6, 66), point(6), point(13)) == [1, 6, 8]


def test_what_is_younger_than_the_horizon_stays() -> None:
    assert gone(point(14), point(15), point(16)) == []
    assert gone(point(12), point(13, is_special=True)) == [12]


def test_what_tells_a_story_stays() -> None:
    assert gone(point(1, is_special=True), point(2), point(3)) == [2]


def test_each_kind_keeps_its_own_week() -> None:
    assert gone(point(1), point(2, is_scanned=False), point(3, is_vanished=True)) == []
    assert gone(point(1, is_scanned=False), point(2, is_scanned=False), point(3)) == [1]


def test_of_verdicts_on_one_commit_the_last_stays() -> None:
    first, again = point(1, 11), point(1, 12)
    later = again._replace(judged_at=again.judged_at + timedelta(days=400))
    assert gone(later, first) == [11]


def test_a_week_is_one_of_utc() -> None:
    sunday = MONDAY.replace(hour=23) + timedelta(days=6)
    next_day = sunday.astimezone(UTC) + timedelta(hours=2)
    assert gone(
        StoredPoint(1, sunday, sunday, True, False, False),
        StoredPoint(2, next_day, next_day, True, False, False),
    ) == []  # fmt: skip
