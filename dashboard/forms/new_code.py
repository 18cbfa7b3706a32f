"""What the view of new code is asked: since when, of which team, with which label."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django import forms
from django.http import QueryDict

from dashboard.forms.filters import FilterForm
from scanner.domain.weeks import week_start

RELEASE: Final = "release"
_MONTH: Final = timedelta(days=30)
_QUARTER: Final = timedelta(days=91)


class NewCodeForm(FilterForm):
    """The day to count from; "release" in its place asks for the last release of each."""

    since = forms.DateField(
        required=False,
        label="Introduced since",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"}),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "A day reads like 2025-01-31."},
    )
    team = forms.CharField(max_length=100, required=False)
    label = forms.CharField(max_length=30, required=False)

    def __init__(self, query: QueryDict, now: datetime) -> None:
        given = query.copy()
        self.is_release = given.get("since") == RELEASE
        if self.is_release:
            given["since"] = ""
        elif not given.get("since"):
            given["since"] = (now - _MONTH).date().isoformat()
        self._month = (now - _MONTH).date()
        super().__init__(given)

    @property
    def day(self) -> date | None:
        """Since when; None for the last release of each. What is no day asks for thirty days."""
        return None if self.is_release else self.cleaned_data.get("since") or self._month


def presets(now: datetime) -> list[tuple[str, str]]:
    """Values of `since` that are a click away, with their names."""
    return [
        (week_start(now).date().isoformat(), "this week"),
        ((now - _MONTH).date().isoformat(), "30 days"),
        ((now - _QUARTER).date().isoformat(), "a quarter"),
        (RELEASE, "last release of each"),
    ]
