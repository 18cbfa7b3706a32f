"""Rubrics as named values and as files: what differs, and the way there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.domain.rubric import DEFAULT, KEYS, Limits, Rubric
from scanner.domain.rubric_file import load, write_changes, write_whole
from scanner.domain.rubric_values import (
    LIMIT_NOTES,
    TERMS,
    InvalidValuesError,
    Value,
    changes_of,
    differences,
    limit_name,
    restored,
    rule_name,
    settled,
    term_name,
    values_of,
)
from scanner.rules.catalogue import PRINCIPLES, RULES, read_rubric

_BOUNDS = {"weight": (0.5, 1_000), "rigour": (1e-6, 1_000), "grace": (0, 1_000_000)}
_NUMBERS = [
    st.tuples(
        st.just(term_name(key, term)),
        st.floats(*_BOUNDS[term]) | st.integers(1, 1_000),
    )
    for key in KEYS
    for term in TERMS
]
_LIMITS = st.tuples(
    st.sampled_from(list(Limits.model_fields)).map(limit_name), st.integers(1, 1_000_000)
)
_RULES = st.tuples(st.sampled_from(sorted(RULES)).map(rule_name), st.booleans())
CHANGES = st.lists(st.one_of(*_NUMBERS, _LIMITS, _RULES), max_size=12).map(dict)


@given(CHANGES)
def test_a_whole_file_gives_the_same_rubric(changes: dict[str, Value]) -> None:
    rubric = settled(DEFAULT, changes)
    text = write_whole(rubric, "The rubric of orders")
    assert load(text.encode()) == rubric
    assert load(text.encode()).version == rubric.version


@given(CHANGES, CHANGES)
def test_changes_lead_from_any_base_to_the_rubric(
    below: dict[str, Value], above: dict[str, Value]
) -> None:
    base, rubric = settled(DEFAULT, below), settled(DEFAULT, above)
    changes = changes_of(base, rubric)
    assert settled(base, changes) == rubric
    assert load(write_changes(changes, "Orders").encode(), base) == rubric
    assert changes_of(rubric, rubric) == {}


@given(CHANGES, CHANGES)
def test_a_whole_file_can_take_rules_back(below: dict[str, Value], above: dict[str, Value]) -> None:
    base, rubric = settled(DEFAULT, below), settled(DEFAULT, above)
    assert load(write_whole(rubric, "Orders", base.rules_off).encode(), base) == rubric


def test_what_is_not_changed_follows_the_base() -> None:
    changes = changes_of(DEFAULT, settled(DEFAULT, {"limits.nesting": 6}))
    stricter = settled(DEFAULT, {"limits.nesting": 3, "limits.imports": 9})
    found = settled(stricter, changes)
    assert (found.limits.nesting, found.limits.imports) == (6, 9)


def test_text_is_read_as_a_form_sends_it() -> None:
    found = settled(DEFAULT, {"limits.nesting": " 6 ", "principles.typing.weight": "20.5"})
    assert found.limits.nesting == 6
    assert found.by_key["typing"].weight == 20.5


def test_every_mistake_is_told_by_the_name_of_its_value() -> None:
    wanted = {
        "limits.nesting": "many",
        "limits.imports": "0",
        "principles.typing.rigour": "-1",
        "rules.TY05": "perhaps",
    }
    with pytest.raises(InvalidValuesError) as caught:
        settled(DEFAULT, wanted)
    assert set(caught.value.mistakes) == {"rules.TY05"}
    del wanted["rules.TY05"]
    with pytest.raises(InvalidValuesError) as caught:
        settled(DEFAULT, wanted)
    assert set(caught.value.mistakes) == set(wanted)
    assert "greater than or equal to 1" in caught.value.mistakes["limits.imports"]


def test_a_rubric_that_weighs_nothing_is_a_mistake_of_the_whole() -> None:
    with pytest.raises(InvalidValuesError) as caught:
        settled(DEFAULT, {term_name(key, "weight"): 0 for key in KEYS})
    assert caught.value.mistakes == {"": "at least one principle needs a weight above 0"}


def test_values_of_an_older_version_are_left_out_when_restored() -> None:
    stored = {"limits.nesting": 6, "limits.statements": 30, "principles.luck.weight": 5}
    assert restored(DEFAULT, stored) == settled(DEFAULT, {"limits.nesting": 6})
    with pytest.raises(InvalidValuesError):
        settled(DEFAULT, stored)


def test_a_difference_names_both_values() -> None:
    strict = settled(DEFAULT, {"limits.nesting": 3, "rules.TY05": False})
    found = differences(values_of(DEFAULT), values_of(strict))
    assert [(one.name, one.before, one.after) for one in found] == [
        ("limits.nesting", 4, 3),
        ("rules.TY05", True, False),
    ]
    (gone,) = differences({"limits.statements": 30}, {})
    assert (gone.before, gone.after) == (30, None)


def test_every_limit_says_what_it_limits() -> None:
    assert [note.name for note in LIMIT_NOTES] == list(Limits.model_fields)
    for note in LIMIT_NOTES:
        assert note.principle in PRINCIPLES, note.name
        assert note.title != "None", note.name
        assert note.title[0].islower(), note.name


def test_a_hostile_title_stays_a_remark() -> None:
    rubric = Rubric(rules_off=frozenset({"TY05"}))
    text = write_whole(rubric, 'orders\n[rules]\noff = ["CX01"]')
    assert load(text.encode()) == rubric


def test_rules_of_a_file_exist() -> None:
    base = settled(DEFAULT, {"rules.TY05": False})
    assert read_rubric(b'[rules]\non = ["TY05"]', base) == DEFAULT
