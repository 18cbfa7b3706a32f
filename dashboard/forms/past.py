"""Which part of a past a lead asks for."""

from __future__ import annotations

from datetime import date
from typing import Final, cast

from django import forms
from django.http import QueryDict

from dashboard.forms.range import BACKWARDS, WRONG_DAY
from scanner.domain.timeline import Choice, Every

EVERY_WORDS: Final[dict[Every, str]] = {
    "week": "the last commit of each week, and each tag",
    "tag": "tags alone",
    "commit": "every commit",
}


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        required=False,
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"}),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": WRONG_DAY},
    )


class PastForm(forms.Form):
    """Points by week, tag or commit, from one day to another, both included."""

    every = forms.ChoiceField(
        choices=list(EVERY_WORDS.items()),
        label="Points",
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": "Choose one of the three."},
    )
    since = _day("First day")
    until = _day("Last day")

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query if "every" in query else None, initial={"every": "week"})
        self.use_required_attribute = False

    def clean(self) -> None:
        """The first day is not after the last."""
        super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", BACKWARDS)

    def choice(self) -> Choice:
        """What the valid form asks for."""
        given = self.cleaned_data
        every = cast("Every", given["every"])
        return Choice(every, cast("date | None", given["since"]), given["until"])
