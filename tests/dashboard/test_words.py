"""Sentences, principles and the roll-up: what pages say, apart from any page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import sentences
from dashboard.principles import LABELS, limits_of
from dashboard.rollup import roll_up
from scanner.domain.findings import MILLION
from scanner.domain.masses import Mass
from scanner.domain.rubric import KEYS
from scanner.domain.rubric_file import load
from scanner.rules.catalogue import PRINCIPLES


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (None, "Orders is a C."),
        (0.1, "Orders is a C and steady since Monday."),
        (-0.29, "Orders is a C and steady since Monday."),
        (2.4, "Orders is a C, up 2.4 since Monday."),
        (-2.4, "Orders is a C, down 2.4 since Monday."),
    ],
)
def test_the_standing_is_one_sentence(change: float | None, sentence: str) -> None:
    assert sentences.standing("Orders", 74.2, change, "since Monday") == sentence


def test_grades_have_their_article() -> None:
    assert [sentences.a_grade(score) for score in (95, 85, 75, 65, 5)] == [
        "an A",
        "a B",
        "a C",
        "a D",
        "an F",
    ]


def test_a_phase_counts_what_can_be_counted() -> None:
    assert sentences.phase("facts", 1_184, 1_906) == "Reading facts, 1,184 of 1,906 files"
    assert sentences.phase("facts", 0, 0) == "Reading facts"
    assert sentences.phase("fetch", 30, 100) == "Fetching"
    assert sentences.phase("", 0, 0) == "Starting"


def test_every_principle_is_named_in_the_order_of_the_rubric() -> None:
    assert tuple(LABELS) == KEYS
    for key, label in LABELS.items():
        assert label.built is (key in PRINCIPLES)
        assert label.why.endswith(".")
        assert len(label.short) <= 5


def test_limits_are_named_beside_their_principle() -> None:
    stricter = load(b"[limits]\nnesting = 3")
    assert ("depth of nesting", 3) in limits_of(stricter, "complexity")
    assert limits_of(stricter, "async") == ()


def mass(principle: str, conforming: int, debt: int, weight: float = 14.0) -> Mass:
    """A mass in whole units."""
    return Mass(principle, conforming * MILLION, debt * MILLION, 10 * MILLION, 2.0, weight)


def test_nothing_rolls_up_to_nothing() -> None:
    assert roll_up([]) is None


def test_one_repository_rolls_up_to_its_own_score() -> None:
    total = roll_up([mass("typing", 90, 5), mass("layering", 190, 0, weight=6.0)])
    assert total is not None
    assert total.principles == {"typing": 100 * 100 / 110, "layering": 100.0}
    assert total.score == pytest.approx((14 * 100 * 100 / 110 + 6 * 100) / 20)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**5)), min_size=1, max_size=9))
def test_the_order_of_repositories_does_not_matter(pairs: list[tuple[int, int]]) -> None:
    masses = [mass("typing", *pair) for pair in pairs]
    assert roll_up(masses) == roll_up(masses[::-1])


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**5)), min_size=2, max_size=6))
def test_the_whole_lies_between_its_parts(pairs: list[tuple[int, int]]) -> None:
    masses = [mass("typing", *pair) for pair in pairs]
    parts = [total.score for one in masses if (total := roll_up([one])) is not None]
    whole = roll_up(masses)
    assert whole is not None
    assert min(parts) - 1e-9 <= whole.score <= max(parts) + 1e-9
