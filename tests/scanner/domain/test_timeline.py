"""Which commits become points."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from scanner.domain.revisions import Link, Revision
from scanner.domain.timeline import EVERY, Choice, points

SUNDAY = datetime(2024, 12, 29, 23, 0, tzinfo=UTC)  # the last day of 2024's week 52


def chain(*hours: float) -> list[Link]:
    """Commits named by number, so many hours after that Sunday evening."""
    return [
        Link(Revision(str(number), SUNDAY + timedelta(hours=hour), "", "", ""), "")
        for number, hour in enumerate(hours)
    ]


def names(links: list[Link]) -> list[str]:
    """The names of the chosen commits."""
    return [link.revision.commit for link in links]


def test_the_last_commit_of_a_week_is_its_point() -> None:
    assert names(points(chain(-5, 0, 0.9, 1, 2, 300), Choice("week"))) == ["2", "4", "5"]


def test_weeks_are_in_utc() -> None:
    east = timezone(timedelta(hours=5))
    (link,) = chain(0)
    monday_there = Link(Revision("1", link.revision.committed_at.astimezone(east), "", "", ""), "")
    assert names(points([link, monday_there], Choice("week"))) == ["1"]


def test_a_clock_that_went_back_keeps_the_order_of_the_chain() -> None:
    assert names(points(chain(0, 200, 0.5, 201), Choice("week"))) == ["2", "3"]


def test_the_head_is_always_a_point() -> None:
    assert names(points(chain(0, 500, 0.5), Choice("week"))) == ["1", "2"]
    assert names(points(chain(0, 1, 2), Choice("tag"), {"0"})) == ["0", "2"]
    assert names(points(chain(0, 1), Choice("tag"), {"1"})) == ["1"]


def test_every_commit() -> None:
    assert names(points(chain(0, 1, 2), Choice("commit"))) == ["0", "1", "2"]


def test_since_is_inclusive() -> None:
    found = points(chain(-48, -23, 0, 24), Choice("commit", since=date(2024, 12, 29)))
    assert names(found) == ["1", "2", "3"]
    assert points(chain(0), Choice("commit", since=date(2025, 1, 1))) == []


def test_nothing_has_no_points() -> None:
    for every in EVERY:
        assert points([], Choice(every)) == []


def test_until_is_inclusive_and_leaves_a_later_head_out() -> None:
    found = points(chain(-48, 0, 1.5, 24), Choice("commit", until=date(2024, 12, 29)))
    assert names(found) == ["0", "1"]
    assert names(points(chain(-48, 0, 200), Choice(until=date(2024, 12, 29)))) == ["1"]


def test_days_are_in_utc() -> None:
    west = timezone(timedelta(hours=-5))
    (link,) = chain(2)
    there = Link(Revision("1", link.revision.committed_at.astimezone(west), "", "", ""), "")
    assert points([there], Choice("commit", until=date(2024, 12, 29))) == []
    assert names(points([there], Choice("commit", since=date(2024, 12, 30)))) == ["1"]


def test_the_whole_past_has_a_point_a_week_at_least() -> None:
    assert [Choice(every).is_whole for every in EVERY] == [True, False, True]
    assert not Choice(since=date(2024, 1, 1)).is_whole
    assert not Choice("commit", until=date(2024, 1, 1)).is_whole
