"""Masses in one value: those of many add up as they do one by one."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from scanner.domain.masses import NOTHING, Judged, Mass, added, packed, scores_of
from scanner.domain.rubric import KEYS

LARGE = 2**62

judged = st.builds(
    lambda key, good, bad, grace, terms, applies, score: Judged(
        Mass(key, good, bad, grace, *terms), applies, score if applies else None
    ),
    st.sampled_from(KEYS),
    st.integers(0, LARGE),
    st.integers(0, LARGE),
    st.integers(0, LARGE),
    st.sampled_from([(1.5, 14.0), (2.5, 0.1), (0.1, 20.0)]),
    st.booleans(),
    st.floats(0, 100),
)
snapshots = st.lists(
    st.lists(judged, unique_by=lambda one: one.mass.principle, max_size=10), max_size=30
)


@given(snapshots)
def test_sums_are_those_of_single_masses(several: list[list[Judged]]) -> None:
    expected: Counter[tuple[object, ...]] = Counter()
    for one in (one for snapshot in several for one in snapshot if one.applies):
        mass = one.mass
        for name in ("conforming", "debt", "grace"):
            place = (mass.principle, mass.rigour, mass.weight, name)
            expected[place] += getattr(mass, name)
    found: Counter[tuple[object, ...]] = Counter()
    for mass in added([packed(snapshot) for snapshot in several]):
        for name in ("conforming", "debt", "grace"):
            found[mass.principle, mass.rigour, mass.weight, name] += getattr(mass, name)
    assert found == expected


@given(st.lists(judged, unique_by=lambda one: one.mass.principle, max_size=10))
def test_scores_are_kept_to_the_last_bit(snapshot: list[Judged]) -> None:
    assert scores_of(packed(snapshot)) == {
        one.mass.principle: one.score for one in snapshot if one.applies
    }


def test_nothing_adds_up_to_nothing() -> None:
    assert list(added([])) == list(added([NOTHING])) == []
    assert scores_of(NOTHING) == {}
