"""New, open and fixed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scanner.domain.lifecycle import Changes, match

prints = st.lists(st.sampled_from("abcdef"), unique=True)


def test_findings_are_matched_by_fingerprint() -> None:
    assert match(["a", "b", "c"], ["d", "c", "a"]) == Changes(("d",), ("c", "a"), ("b",))
    assert match([], []) == Changes((), (), ())


@given(prints, prints)
def test_each_finding_is_in_exactly_one_group(before: list[str], after: list[str]) -> None:
    changes = match(before, after)
    assert sorted((*changes.new, *changes.still_open)) == sorted(after)
    assert sorted((*changes.fixed, *changes.still_open)) == sorted(before)
    assert match(after, before) == Changes(
        changes.fixed, match(after, before).still_open, changes.new
    )
