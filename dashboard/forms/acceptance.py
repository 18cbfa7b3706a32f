"""The form that accepts findings."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar, Final

from django import forms
from django.http import QueryDict

from dashboard.forms.repositories import PLAIN, ExplainedForm
from scanner.application.accepting import REASON_CHARACTERS

DAY: Final = "day"
FOR_GOOD: Final = ""
SPANS: Final = (("30", "For 30 days"), ("90", "For 90 days"), ("365", "For a year"))
LONGEST_FINGERPRINT: Final = 16  # characters


def fingerprints(given: QueryDict) -> list[str]:
    """The findings that are named; what cannot be a fingerprint, no database is asked for."""
    named = given.getlist("f")
    return [each for each in named if len(each) <= LONGEST_FINGERPRINT and each.isprintable()]


class AcceptanceForm(ExplainedForm):
    """Why the findings may stay, and for how long."""

    fields_of: ClassVar[dict[str, str]] = {"expiry": "day"}

    reason = forms.CharField(
        max_length=REASON_CHARACTERS,
        help_text="Whoever reads the code next will ask. It stands beside the finding.",
        error_messages={"required": "An acceptance needs a reason."},
        widget=forms.Textarea(attrs={**PLAIN, "rows": 3, "maxlength": REASON_CHARACTERS}),
    )
    span = forms.ChoiceField(
        choices=((FOR_GOOD, "For good"), *SPANS, (DAY, "Until a day")),
        required=False,
        label="For how long",
        widget=forms.Select(attrs={"class": "input"}),
    )
    day = forms.DateField(
        required=False,
        label="Last day",
        help_text="From the next day on, in UTC, it costs again.",
        widget=forms.DateInput(attrs={"class": "input", "type": "date"}),
    )

    def clean(self) -> dict[str, object]:
        """A day is needed where one was announced."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        announced = cleaned.get("span") == DAY
        day = cleaned.get("day")
        if announced and not day and "day" not in self.errors:
            self.add_error("day", "Name the last day, or choose another span.")
        elif announced and day == date.max:
            self.add_error("day", "No day follows this one: choose another, or no end.")
        return cleaned

    def expires_at(self, now: datetime) -> datetime | None:
        """When it ends; None for good."""
        span = self.cleaned_data.get("span") or FOR_GOOD
        if span == DAY:
            midnight = datetime.combine(self.cleaned_data["day"], time(), UTC)
            return midnight + timedelta(days=1)
        return now + timedelta(days=int(span)) if span else None
