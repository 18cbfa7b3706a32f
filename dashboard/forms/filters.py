"""Filters that live in the address of a list."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from django import forms
from django.http import QueryDict

from dashboard.queries.files import SORTS as FILE_SORTS
from dashboard.queries.files import FileFilter
from dashboard.queries.findings import SORTS as FINDING_SORTS
from dashboard.queries.findings import STATES, FindingFilter

Choices = Iterable[tuple[str, str]]

FINDING_SORT_NAMES: Final = {
    "points": "Most points first",
    "path": "By path",
    "rule": "By rule",
    "newest": "Newest first",
    "oldest": "Oldest first",
}
FILE_SORT_NAMES: Final = {
    "points": "Most points lost first",
    "score": "Lowest score first",
    "lines": "Longest first",
    "path": "By path",
}


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "input"})


def _text(placeholder: str, **attributes: str) -> forms.TextInput:
    return forms.TextInput(
        attrs={
            "class": "input",
            "placeholder": placeholder,
            "autocomplete": "off",
            "spellcheck": "false",
            **attributes,
        }
    )


class FilterForm(forms.Form):
    """A form whose wrong values are told at their field, and otherwise count as not given."""

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.use_required_attribute = False
        self.full_clean()

    def is_narrowed(self) -> bool:
        """Whether anything is filtered out, order and state apart."""
        names = set(self.fields) - {"state", "sort", "at"}
        return any(self.cleaned_data.get(name) not in (None, "") for name in names)

    def given(self, name: str, default: str = "") -> str:
        """The cleaned text of a field, or the default."""
        return self.cleaned_data.get(name) or default


class FindingFilterForm(FilterForm):
    """What to list of a repository's findings."""

    state = forms.ChoiceField(
        choices=tuple((state, state.capitalize()) for state in STATES), required=False
    )
    rule = forms.ChoiceField(required=False, widget=_select())
    principle = forms.ChoiceField(required=False, widget=_select())
    path = forms.CharField(
        max_length=200, required=False, widget=_text("Path, like src/**/*.py"), label="Path or glob"
    )
    text = forms.CharField(max_length=100, required=False, widget=_text("Text or symbol"))
    least = forms.FloatField(
        min_value=0,
        max_value=100,
        required=False,
        label="Minimum points",
        widget=_text("Points from", inputmode="decimal"),
    )
    author = forms.CharField(
        max_length=100, required=False, label="Introduced by", widget=_text("Introduced by")
    )
    commit = forms.RegexField(
        r"^[0-9a-fA-F]{4,64}$",
        required=False,
        label="Commit that introduced it",
        widget=_text("Commit"),
        error_messages={"invalid": "A commit is 4 to 64 digits from 0 to f."},
    )
    since = forms.DateField(
        required=False,
        label="Introduced since",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"}),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "A day reads like 2025-01-31."},
    )
    at = forms.RegexField(r"^[0-9a-fA-F]{4,64}$", required=False, widget=forms.HiddenInput())
    sort = forms.ChoiceField(
        choices=tuple((key, FINDING_SORT_NAMES[key]) for key in FINDING_SORTS),
        required=False,
        widget=_select(),
        label="Order",
    )

    def __init__(self, query: QueryDict, rules: Choices, principles: Choices) -> None:
        self.base_choices = {
            "rule": (("", "All rules"), *rules),
            "principle": (("", "All principles"), *principles),
        }
        super().__init__(query)

    def full_clean(self) -> None:
        """Judge against the choices of this repository."""
        for name, choices in self.base_choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        super().full_clean()

    def offer_orders(self, *orders: str) -> None:
        """Show these orders alone."""
        field = self.fields["sort"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, FINDING_SORT_NAMES[key]) for key in orders]

    def asks_for_origin(self) -> bool:
        """Whether anything is asked about the commit that introduced a finding."""
        return any(self.data.get(name) for name in ("author", "commit", "since"))

    def wanted(self) -> FindingFilter:
        """The filter that the valid values make."""
        least = self.cleaned_data.get("least")
        return FindingFilter(
            state=self.given("state", "open"),
            rule=self.given("rule"),
            principle=self.given("principle"),
            path=self.given("path"),
            text=self.given("text"),
            least=least if least is not None and math.isfinite(least) else None,
            author=self.given("author"),
            commit=self.given("commit"),
            since=self.cleaned_data.get("since"),
            sort=self.given("sort", "points"),
        )


class FileFilterForm(FilterForm):
    """What to list of a repository's files."""

    principle = forms.ChoiceField(required=False, widget=_select())
    path = forms.CharField(
        max_length=200, required=False, widget=_text("Path, like src/**/*.py"), label="Path or glob"
    )
    sort = forms.ChoiceField(
        choices=tuple((key, FILE_SORT_NAMES[key]) for key in FILE_SORTS),
        required=False,
        widget=_select(),
        label="Order",
    )

    def __init__(self, query: QueryDict, principles: Choices) -> None:
        self.principles = (("", "All principles"), *principles)
        super().__init__(query)

    def full_clean(self) -> None:
        """Judge against the principles that are built."""
        field = self.fields["principle"]
        if isinstance(field, forms.ChoiceField):
            field.choices = self.principles
        super().full_clean()

    def wanted(self) -> FileFilter:
        """The filter that the valid values make."""
        return FileFilter(
            principle=self.given("principle"),
            path=self.given("path"),
            sort=self.given("sort", "score" if self.given("principle") else "points"),
        )
