"""The form that makes a token."""

from __future__ import annotations

from typing import Final

from django import forms

from dashboard.forms.repositories import PLAIN, ExplainedForm
from scanner.application.tokens import LONGEST_NAME

SCOPES: Final = (
    ("read", "Read: everything you see"),
    ("scan", "Scan: also ask for scans"),
    ("admin", "Admin: also register, change and delete, as far as you may"),
)
DAYS: Final = (("30", "30 days"), ("90", "90 days"), ("365", "one year"), ("", "until revoked"))


class NewTokenForm(ExplainedForm):
    """What a token is for, what it may do, and for how long."""

    name = forms.CharField(
        label="What it is for",
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={**PLAIN, "placeholder": "The build of payments"}),
    )
    scope = forms.ChoiceField(
        choices=SCOPES, label="What it may do", widget=forms.Select(attrs={"class": "input"})
    )
    days = forms.TypedChoiceField(
        choices=DAYS,
        label="How long it holds",
        coerce=int,
        empty_value=None,
        required=False,
        initial="90",
        widget=forms.Select(attrs={"class": "input"}),
    )
