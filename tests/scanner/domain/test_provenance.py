"""Which of the commits on its lines brought a finding."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scanner.domain.provenance import Blame, Provenance, Span, Traced, introduced

FIRST = datetime(2024, 1, 1, tzinfo=UTC)


def by(name: str, day: int) -> Provenance:
    """A commit of someone, so many days on."""
    return Provenance(name * 40, name.upper(), FIRST + timedelta(days=day))


A, B, C = by("a", 1), by("b", 2), by("c", 3)
BLAME: Blame = {
    "one.py": {1: C, 2: A, 3: A, 4: A, 5: B, 6: A, 9: C},
    "two.py": {1: B, 2: A},
}


def place(*spans: Span) -> Traced:
    return Traced(spans, is_place=True, is_cycle=False)


def whole(*spans: Span) -> Traced:
    return Traced(spans, is_place=False, is_cycle=False)


def test_a_place_is_as_new_as_its_newest_line() -> None:
    assert introduced(place(Span("one.py", 2, 3)), BLAME) == A
    assert introduced(place(Span("one.py", 3, 6)), BLAME) == B


def test_a_whole_seen_at_first_belongs_to_its_middle_line_by_age() -> None:
    assert introduced(whole(Span("one.py", 1, 6)), BLAME) == A
    assert introduced(whole(Span("one.py", 5, 5)), BLAME) == B


def test_a_whole_that_appeared_belongs_to_what_came_meanwhile() -> None:
    function = whole(Span("one.py", 2, 6))
    assert introduced(function, BLAME, {B.commit, C.commit}) == B
    assert introduced(function, BLAME, {C.commit}) == C  # elsewhere in its file
    assert introduced(function, BLAME, {"f" * 40}) == A
    assert introduced(place(Span("one.py", 2, 3)), BLAME, {C.commit}) == A


def test_a_cycle_was_closed_by_its_newest_import() -> None:
    cycle = Traced((Span("one.py", 2, 2), Span("two.py", 1, 1)), is_place=False, is_cycle=True)
    assert introduced(cycle, BLAME) == B
    assert introduced(cycle, BLAME, {A.commit}) == B


def test_lines_without_history_have_no_origin() -> None:
    assert introduced(place(Span("gone.py", 1, 3)), BLAME) is None
    assert introduced(place(Span("one.py", 7, 8)), BLAME) is None
    assert introduced(Traced((), is_place=False, is_cycle=True), BLAME) is None
