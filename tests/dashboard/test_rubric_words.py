"""The values of a rubric in plain words, and what its page makes of them."""

from __future__ import annotations

import pytest

from dashboard import rubric_desk
from dashboard.principles import LABELS
from dashboard.rubric_words import changed_values, number_words, title_of, value_words
from scanner.application.rubrics import Seen, Standing
from scanner.domain.rubric import DEFAULT, Limits
from scanner.domain.rubric_values import Difference, settled, values_of
from scanner.rules.catalogue import RULES

STRICT = settled(DEFAULT, {"limits.nesting": 3, "rules.TY05": False})
DESK = rubric_desk.Desk(Standing(None, DEFAULT, STRICT, Seen(0, 1), None), None, may_edit=False)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("limits.nesting", ("Complexity", "depth of nesting")),
        ("principles.fail-fast.weight", ("Fail fast", "weight")),
        ("rules.TY05", ("TY05", "Blanket type ignore")),
        ("limits.statements", ("", "limits.statements")),
        ("principles.luck.weight", ("", "principles.luck.weight")),
        ("rules.ZZ99", ("ZZ99", "ZZ99")),
    ],
)
def test_every_name_has_words(name: str, words: tuple[str, str]) -> None:
    assert title_of(name) == words


def test_all_values_of_a_rubric_are_titled() -> None:
    for name in values_of(DEFAULT):
        topic, title = title_of(name)
        assert topic in {label.name for label in LABELS.values()}
        assert title != name


def test_numbers_are_told_as_they_are() -> None:
    assert [number_words(each) for each in (1_000_000, 14.0, 2.5, 1e-7, 0.1 + 0.2)] == [
        "1,000,000",
        "14",
        "2.5",
        "1e-07",
        "0.3",
    ]
    assert [value_words(each, "nothing") for each in (True, False, None)] == [
        "on",
        "off",
        "nothing",
    ]


def test_a_difference_is_told_with_both_sides() -> None:
    (told,) = changed_values([Difference("limits.nesting", None, 6)], "as inherited")
    assert (told.before, told.after) == ("as inherited", "6")


def test_the_page_holds_every_value_once() -> None:
    chapters = rubric_desk.chapters(DESK, None)
    assert [chapter.label.key for chapter in chapters] == list(LABELS)
    assert all(len(chapter.terms) == 3 for chapter in chapters)
    assert sum(len(chapter.limits) for chapter in chapters) == len(Limits.model_fields)
    codes = [row.code for chapter in chapters for row in chapter.switches]
    assert sorted(codes) == sorted(RULES)


def test_what_differs_is_told_apart() -> None:
    chapters = rubric_desk.chapters(DESK, None)
    rows = [row for chapter in chapters for row in (*chapter.terms, *chapter.limits)]
    assert [(row.title, row.value, row.inherited) for row in rows if row.differs] == [
        ("Depth of nesting", "3", "4")
    ]
    switches = [row for chapter in chapters for row in chapter.switches if row.differs]
    assert [(row.code, row.judges, row.inherited) for row in switches] == [("TY05", False, True)]
    assert [value.title for value in rubric_desk.own(DESK)] == [
        "depth of nesting",
        "Blanket type ignore",
    ]
    assert rubric_desk.coming(DESK, STRICT) == ()
