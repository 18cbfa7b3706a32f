"""What goes first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scanner.domain.budget import KeptFolder, evictions, excess

NOON = datetime(2025, 5, 1, 12, tzinfo=UTC)


def folder(number: int, days: int, mirror: int = 100, cache: int = 10) -> KeptFolder:
    return KeptFolder(number, mirror, cache, NOON - timedelta(days=days))


def test_idle_ones_go_first_and_caches_before_mirrors() -> None:
    kept = [folder(1, 0), folder(2, 30), folder(3, 8), folder(4, 2), folder(5, 7)]
    order = [(each.repository_id, each.part) for each in evictions(kept, NOON)]
    idle = [2, 3, 5]
    busy = [4, 1]
    assert order == [
        *((number, "cache") for number in idle),
        *((number, "mirror") for number in idle),
        *((number, "cache") for number in busy),
        *((number, "mirror") for number in busy),
    ]


def test_what_is_not_there_cannot_go() -> None:
    kept = [folder(1, 9, mirror=0), folder(2, 9, cache=0)]
    found = [(each.repository_id, each.part, each.bytes) for each in evictions(kept, NOON)]
    assert found == [(1, "cache", 10), (2, "mirror", 100)]


def test_room_is_made_only_beyond_the_budget_and_then_a_bit_more() -> None:
    assert (excess(100, 100), excess(101, 100), excess(250, 100)) == (0, 11, 160)
