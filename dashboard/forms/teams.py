"""Forms of teams and of one's own account."""

from __future__ import annotations

from typing import Final

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.validators import UnicodeUsernameValidator

from dashboard.forms.repositories import PLAIN, ExplainedForm
from scanner.application.teams import LONGEST_TEAM

ROLES: Final = (
    ("viewer", "Viewer: sees everything of the team"),
    ("lead", "Lead: also adds, scans and changes"),
    ("owner", "Owner: also deletes, holds credentials, and says who belongs"),
)
LONGEST_PERSON: Final = 150


class TeamForm(ExplainedForm):
    """A team's name."""

    name = forms.CharField(
        label="Team", max_length=LONGEST_TEAM, widget=forms.TextInput(attrs=PLAIN)
    )


class JoinForm(ExplainedForm):
    """Who comes into a team."""

    fields_of = {"person": "person"}

    person = forms.CharField(
        label="Name",
        max_length=LONGEST_PERSON,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput(attrs={**PLAIN, "autocapitalize": "none"}),
    )
    role = forms.ChoiceField(choices=ROLES, widget=forms.Select(attrs={"class": "input"}))


class RoleForm(ExplainedForm):
    """Another role for a member."""

    person = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    role = forms.ChoiceField(choices=ROLES)


class LeaveForm(ExplainedForm):
    """A member to take out."""

    person = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class OwnPasswordForm(PasswordChangeForm):
    """Django's own form in our look."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
            field.required = True
