"""Forms that register a repository and change its settings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from django import forms
from django.http import QueryDict

from dashboard import schedules
from scanner.domain.errors import UserError
from scanner.domain.revisions import Token
from scanner.domain.schedule import Schedule, checked

PLAIN: Final = {"class": "input", "autocomplete": "off", "spellcheck": "false"}
CODE: Final = {**PLAIN, "class": "input mono", "autocapitalize": "none"}
SECRET_CHARACTERS: Final = 4_000
KEY_CHARACTERS: Final = 20_000


class SecretArea(forms.Textarea):
    """An area for a secret of several lines; like a password it is never sent back."""

    def get_context(
        self, name: str, value: object, attrs: dict[str, object] | None
    ) -> dict[str, object]:
        """The area, always empty."""
        context: dict[str, object] = super().get_context(name, None, attrs)
        return context


class ExplainedForm(forms.Form):
    """A form that takes a use case's UserError at the field it speaks of."""

    fields_of: ClassVar[dict[str, str]] = {}
    """Field by the part of an error's code before its first dot, where they differ."""

    def explain(self, error: UserError) -> None:
        """Show the error where it belongs; one that belongs to no field stands above the form."""
        topic = error.code.partition(".")[0]
        name = self.fields_of.get(topic, topic)
        self.add_error(name if name in self.fields else None, str(error))


class ScheduleFields(ExplainedForm):
    """When to scan."""

    fields_of: ClassVar[dict[str, str]] = {"schedule": "cron"}

    every = forms.ChoiceField(
        choices=schedules.CHOICES,
        required=False,
        label="Scan",
        widget=forms.Select(attrs={"class": "input"}),
    )
    cron = forms.CharField(
        max_length=100,
        required=False,
        label="Cron expression",
        help_text="Minute, hour, day, month, weekday: 30 6 * * 1-5.",
        widget=forms.TextInput(attrs={**CODE, "placeholder": "30 6 * * 1-5"}),
    )
    time_zone = forms.CharField(
        max_length=64,
        required=False,
        label="Time zone",
        widget=forms.TextInput(attrs={**PLAIN, "list": "zones", "placeholder": "UTC"}),
    )

    def schedule(self) -> Schedule | None:
        """What was chosen; None for scans on request only."""
        every = self.cleaned_data.get("every", "")
        if not every:
            return None
        cron = self.cleaned_data.get("cron", "") if every == schedules.OWN else every
        return Schedule(cron, self.cleaned_data.get("time_zone") or "UTC")

    @property
    def has_wrong_schedule(self) -> bool:
        """Whether something is wrong with its fields."""
        return bool({"every", "cron", "time_zone"} & set(self.errors))

    def clean(self) -> dict[str, object]:
        """Judge the schedule, so that a mistake stands at its field."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        schedule = self.schedule()
        if schedule is not None and not self.has_wrong_schedule:
            try:
                checked(schedule)
            except UserError as error:
                field = "time_zone" if error.code == "schedule.time-zone" else "cron"
                self.add_error(field, str(error))
        return cleaned


class RepositoryForm(ScheduleFields):
    """What to register. A token is read once and never shown again."""

    fields_of: ClassVar[dict[str, str]] = {
        "schedule": "cron",
        "credential": "token",
        "git": "address",
    }

    address = forms.CharField(
        max_length=2_000,
        label="Repository address",
        widget=forms.TextInput(
            attrs={**CODE, "placeholder": "https://git.example.org/team/project.git"}
        ),
    )
    team = forms.ChoiceField(widget=forms.Select(attrs={"class": "input"}))
    name = forms.CharField(
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={**PLAIN, "placeholder": "from the address"}),
    )
    branch = forms.CharField(
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={**CODE, "placeholder": "the default one"}),
    )
    username = forms.CharField(
        max_length=100,
        required=False,
        label="User of the token",
        help_text="x-access-token suits GitHub; GitLab takes oauth2, Bitbucket x-token-auth.",
        widget=forms.TextInput(attrs={**CODE, "placeholder": "x-access-token"}),
    )
    token = forms.CharField(
        max_length=SECRET_CHARACTERS,
        required=False,
        label="Access token",
        help_text="Reading is enough. It is kept encrypted and never shown again.",
        widget=forms.PasswordInput(attrs={**PLAIN, "autocomplete": "new-password"}),
    )

    def __init__(
        self, data: QueryDict | None, teams: Iterable[tuple[int, str]], *, takes_paths: bool
    ) -> None:
        super().__init__(data)
        choices = [(str(key), name) for key, name in teams]
        team, address = self.fields["team"], self.fields["address"]
        if isinstance(team, forms.ChoiceField):
            team.choices = choices
        if len(choices) == 1:
            team.initial = choices[0][0]
        paths = ", or an absolute path on this machine" if takes_paths else ""
        address.help_text = (
            f"https or ssh{paths}. Nothing is checked out or run; a bare mirror is kept."
        )

    def credential(self) -> Token | None:
        """The token that was given, if any."""
        secret = self.cleaned_data["token"]
        username = self.cleaned_data["username"]
        if not secret:
            return None
        return Token(secret, username) if username else Token(secret)


class DeployKeyForm(ExplainedForm):
    """A key for ssh, after the host's own key was shown."""

    fields_of: ClassVar[dict[str, str]] = {"credential": "private_key"}

    confirmed = forms.BooleanField(
        label="The fingerprint is the one that the host publishes",
        error_messages={"required": "Compare the fingerprint, then tick this."},
    )
    private_key = forms.CharField(
        max_length=KEY_CHARACTERS,
        strip=False,
        required=False,
        label="Private deploy key",
        help_text="Without a pass phrase; reading is enough. Kept encrypted, never shown again.",
        widget=SecretArea(
            attrs={
                **CODE,
                "rows": 6,
                "placeholder": "-----BEGIN OPENSSH PRIVATE KEY-----",
            }
        ),
    )


class SettingsForm(ScheduleFields):
    """What may change of a registered repository."""

    name = forms.CharField(max_length=100, widget=forms.TextInput(attrs=PLAIN))
    branch = forms.CharField(
        max_length=250,
        required=False,
        help_text="Another branch is scanned at once, and its findings replace these.",
        widget=forms.TextInput(attrs={**CODE, "placeholder": "the default one"}),
    )


class LabelsForm(ExplainedForm):
    """The words by which a team finds a repository."""

    labels = forms.CharField(
        max_length=500,
        required=False,
        help_text="Words of your own with commas between: core, batch. The portfolio filters by"
        " them; they have nothing to do with release tags.",
        widget=forms.TextInput(attrs={**PLAIN, "placeholder": "core, customer-facing"}),
    )


class TokenForm(ExplainedForm):
    """Another token for the same repository."""

    fields_of: ClassVar[dict[str, str]] = {"credential": "token"}

    username = forms.CharField(
        max_length=100,
        required=False,
        label="User of the token",
        widget=forms.TextInput(attrs={**CODE, "placeholder": "x-access-token"}),
    )
    token = forms.CharField(
        max_length=SECRET_CHARACTERS,
        label="Access token",
        help_text="Reading is enough. It is kept encrypted and never shown again.",
        widget=forms.PasswordInput(attrs={**PLAIN, "autocomplete": "new-password"}),
    )

    def credential(self) -> Token:
        """The token that was given."""
        username = self.cleaned_data["username"]
        secret = self.cleaned_data["token"]
        return Token(secret, username) if username else Token(secret)


class RemovalForm(forms.Form):
    """The name, typed once more, before everything of a repository is deleted."""

    typed = forms.CharField(
        label="Type the name to confirm", widget=forms.TextInput(attrs=PLAIN), strip=True
    )

    def __init__(self, data: QueryDict | None, name: str) -> None:
        super().__init__(data)
        self._name = name

    def clean_typed(self) -> str:
        """Refuse anything but the very name."""
        typed: str = self.cleaned_data["typed"]
        if typed != self._name:
            raise forms.ValidationError(f"This is not the name. Type {self._name} to delete it.")
        return typed
