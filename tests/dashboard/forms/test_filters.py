"""Filters that live in the address of a list."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from dashboard.forms.filters import FileFilterForm, FindingFilterForm
from dashboard.queries.files import FileFilter
from dashboard.queries.findings import FindingFilter

RULES = (("FF01", "Silent except"),)
PRINCIPLES = (("naming", "Naming"),)


def finding_form(query: str) -> FindingFilterForm:
    """The form over findings, as an address fills it."""
    return FindingFilterForm(QueryDict(query), RULES, PRINCIPLES)


def test_values_become_a_filter() -> None:
    form = finding_form("state=new&rule=FF01&principle=naming&path=a/*&text=x&least=0.5&sort=path")
    assert form.is_narrowed()
    assert form.wanted() == FindingFilter(
        state="new", rule="FF01", principle="naming", path="a/*", text="x", least=0.5, sort="path"
    )


def test_nothing_given_means_all_open_findings_with_the_costliest_first() -> None:
    form = finding_form("")
    assert not form.is_narrowed()
    assert (form.wanted().state, form.wanted().sort, form.wanted().least) == (
        "open",
        "points",
        None,
    )


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("rule=XX99", "rule"),
        ("principle=beauty", "principle"),
        ("least=-1", "least"),
        ("least=nan", "least"),
        ("sort=luck", "sort"),
        (f"text={'x' * 101}", "text"),
    ],
)
def test_wrong_values_are_told_at_their_field_and_count_as_not_given(
    query: str, field: str
) -> None:
    form = finding_form(query)
    assert list(form.errors) == [field]
    assert form.wanted() == finding_form("").wanted()


def test_order_and_state_narrow_nothing() -> None:
    assert not finding_form("state=fixed&sort=rule").is_narrowed()


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", FileFilter(principle="", path="", sort="points")),
        ("principle=naming", FileFilter(principle="naming", path="", sort="score")),
        ("principle=x&sort=lines", FileFilter(principle="", path="", sort="lines")),
    ],
)
def test_files_of_a_principle_come_by_their_score(query: str, wanted: FileFilter) -> None:
    assert FileFilterForm(QueryDict(query), PRINCIPLES).wanted() == wanted
