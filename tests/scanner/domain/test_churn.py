"""How often files changed, across renames and rebirths."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from scanner.domain.churn import NEVER, Churn, Step, Touch, churn

HEAD = datetime(2025, 6, 30, 12, tzinfo=UTC)


def step(days: float, *touches: tuple[str, str]) -> Step:
    """A commit so many days before the head."""
    return Step(f"{days}", HEAD - timedelta(days=days), tuple(Touch(*each) for each in touches))


def same(*paths: str) -> list[tuple[str, str]]:
    return [(path, path) for path in paths]


def test_changes_are_counted_in_each_window() -> None:
    steps = [step(0, *same("a", "b")), step(30, *same("a")), step(31, *same("a"))]
    steps += [step(90.5, *same("a")), step(365, *same("a")), step(366, *same("a"))]
    assert churn(steps, ["a", "b", "c"]) == {"a": Churn(2, 3, 5), "b": Churn(1, 1, 1), "c": NEVER}


def test_a_renamed_file_keeps_its_changes() -> None:
    steps = [step(0, *same("new")), step(1, ("old", "new")), step(2, *same("old"))]
    assert churn(steps, ["new"])["new"].month == 3


def test_two_files_that_swap_names_keep_their_own() -> None:
    steps = [step(1, ("a", "b"), ("b", "a")), step(2, *same("a")), step(3, *same("a"))]
    counted = churn(steps, ["a", "b"])
    assert (counted["a"].month, counted["b"].month) == (1, 3)


def test_a_file_made_anew_leaves_out_what_was_before() -> None:
    steps = [step(1, ("", "a")), step(2, ("a", "")), step(3, *same("a"))]
    assert churn(steps, ["a"])["a"].month == 1


def test_a_file_that_was_moved_away_and_made_anew_is_two() -> None:
    steps = [step(1, ("", "a")), step(2, ("a", "b")), step(3, *same("a"))]
    counted = churn(steps, ["a", "b"])
    assert (counted["a"].month, counted["b"].month) == (1, 2)


def test_the_window_ends_with_the_head_and_not_today() -> None:
    assert churn([step(0, *same("a"))], ["a"])["a"] == Churn(1, 1, 1)
    assert churn([], ["a"]) == {"a": NEVER}


@given(some.lists(some.tuples(some.floats(0, 500), some.sampled_from("abc")), max_size=30))
def test_a_longer_window_never_counts_less(changes: list[tuple[float, str]]) -> None:
    steps = [step(0), *(step(days, *same(path)) for days, path in sorted(changes))]
    for path, counted in churn(steps, "abc").items():
        assert counted.month <= counted.quarter <= counted.year <= len(changes)
        assert counted.year == sum(1 for days, each in changes if each == path and days <= 365)
