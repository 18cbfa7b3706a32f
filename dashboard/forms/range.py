"""The part of a history that a trend shows, as it stands in the address."""

from __future__ import annotations

from typing import Final

from django import forms

from dashboard.forms.filters import FilterForm
from dashboard.trend_window import SPANS, Window

WRONG_DAY: Final = "A day reads like 2025-01-31."
BACKWARDS: Final = "The last day is before the first."


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        required=False,
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"}),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": WRONG_DAY},
    )


class RangeForm(FilterForm):
    """From one day to another, both included; or a span, which ends with the newest point."""

    span = forms.ChoiceField(
        choices=[(key, words) for key, (words, _) in SPANS.items()], required=False
    )
    start = _day("From")
    end = _day("To")

    def add_prefix(self, field_name: str) -> str:
        """The name in the address: `from` is none that a class can hold."""
        return {"start": "from", "end": "to"}.get(field_name, field_name)

    def clean(self) -> None:
        """The first day is not after the last."""
        super().clean()
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and start > end:
            self.add_error("end", BACKWARDS)

    def window(self) -> Window:
        """What the valid values ask for; wrong ones count as not given."""
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start or end:
            return Window(start=start, end=end)
        return Window(span=self.given("span"))
