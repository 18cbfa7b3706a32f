"""The form of a rubric, made from the rubric's own fields: a new limit or rule needs no line here.

An empty field follows what is inherited; a tick says that a rule judges.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django import forms

from dashboard.forms.repositories import CODE, PLAIN
from dashboard.rubric_words import title_of
from scanner.application.rubrics import LONGEST_NOTE, Seen, Standing
from scanner.domain.errors import UserError
from scanner.domain.rubric import DEFAULT, Rubric
from scanner.domain.rubric_file import RUBRIC_BYTES
from scanner.domain.rubric_values import InvalidValuesError, rule_name, settled, values_of
from scanner.rules.catalogue import RULES

LONGEST_NUMBER: Final = 40  # characters
LARGEST_TYPED: Final = 10**LONGEST_NUMBER
NUMBERS: Final = tuple(name for name in values_of(DEFAULT) if not name.startswith("rules."))
SWITCHES: Final = tuple(rule_name(code) for code in RULES)

Sent = Mapping[str, str]
"""Values as a browser sends them."""


class RubricForm(forms.Form):
    """Every value of a rubric, and the versions that its reader looked at."""

    seen_default = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen_own = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, sent: Sent | None, standing: Standing) -> None:
        super().__init__(sent, initial=dict(own_values(standing, standing.rubric)))
        self._standing = standing
        self.rubric: Rubric = standing.rubric
        inherited = values_of(standing.base)
        for name in NUMBERS:
            hint = {"placeholder": _typed(inherited[name]), "inputmode": "decimal"}
            title = ": ".join(title_of(name))
            self.fields[name] = forms.CharField(
                required=False,
                max_length=LONGEST_NUMBER,
                label=title,
                widget=forms.TextInput(attrs={**PLAIN, **hint, "aria-label": title}),
            )
        for name in SWITCHES:
            self.fields[name] = forms.BooleanField(required=False)

    def clean(self) -> dict[str, object]:
        """Let the rubric judge its values; each mistake stands at its field."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        wanted = {name: cleaned.get(name) for name in NUMBERS if cleaned.get(name)}
        switches = {name: bool(cleaned.get(name)) for name in SWITCHES}
        try:
            self.rubric = settled(self._standing.base, {**wanted, **switches})
        except InvalidValuesError as error:
            for name, why in error.mistakes.items():
                self.add_error(name if name in self.fields else None, f"{_sentence(why)}.")
        return cleaned

    @property
    def seen(self) -> Seen:
        """The versions that its reader looked at."""
        return Seen(self.cleaned_data["seen_default"], self.cleaned_data["seen_own"])

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What a page holds hidden, so that the next step has all of it."""
        names = ("seen_default", "seen_own", *NUMBERS, *SWITCHES)
        return [(name, self.data[name]) for name in names if self.data.get(name)]

    def sent_again(self, standing: Standing) -> Sent:
        """What was sent, as if its reader had seen what holds now."""
        return {**dict(self.carried), **_seen(standing)}


class NoteForm(forms.Form):
    """Why a rubric is changed."""

    note = forms.CharField(
        max_length=LONGEST_NOTE,
        label="Reason",
        help_text="It stands beside the change, for all who wonder about a step in the trend.",
        widget=forms.TextInput(attrs=PLAIN),
        error_messages={"required": "Say why in a few words."},
    )


class RubricFileForm(forms.Form):
    """A rubric file, chosen or pasted."""

    file = forms.FileField(
        required=False,
        label="A file",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"class": "input", "accept": ".toml,text/plain"}),
    )
    text = forms.CharField(
        required=False,
        max_length=RUBRIC_BYTES,
        label="Or its text",
        strip=False,
        widget=forms.Textarea(attrs={**CODE, "rows": "6"}),
    )

    def clean(self) -> dict[str, object]:
        """One of the two is needed; a large file is refused before it is read."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        file = self.cleaned_data.get("file")
        if not file and not self.cleaned_data.get("text"):
            self.add_error("file", "Choose a file, or paste its text.")
        elif file and file.size > RUBRIC_BYTES:
            self.add_error("file", f"It is larger than {RUBRIC_BYTES // 1_000} kB.")
        return cleaned

    def content(self) -> bytes:
        """The bytes that were given."""
        file = self.cleaned_data["file"]
        if file:
            read: bytes = file.read()
            return read
        text: str = self.cleaned_data["text"]
        return text.encode()

    def explain(self, error: UserError) -> None:
        """Show what is wrong with the file where it was given."""
        self.add_error("file" if self.cleaned_data.get("file") else "text", str(error))


def own_values(standing: Standing, rubric: Rubric) -> Sent:
    """A rubric as its form holds it: what differs from what is inherited, and the switches."""
    inherited = values_of(standing.base)
    numbers = {
        name: _typed(value)
        for name, value in values_of(rubric).items()
        if name in NUMBERS and value != inherited[name]
    }
    return {**numbers, **_ticked(rubric.rules_off), **_seen(standing)}


def file_values(standing: Standing, named: Mapping[str, object]) -> Sent:
    """What a file names, as the form would hold it; what it does not name is inherited.

    Values are not judged here, so that what is wrong with them is told at their fields.
    """
    off = set(standing.base.rules_off)
    for name, judges in named.items():
        if name.startswith("rules."):
            (off.discard if judges else off.add)(name.removeprefix("rules."))
    inherited = values_of(standing.base)
    numbers = {
        name: _typed(value)
        for name, value in named.items()
        if name in NUMBERS and (isinstance(value, bool) or value != inherited[name])
    }
    return {**numbers, **_ticked(off), **_seen(standing)}


def _ticked(off: Iterable[str]) -> dict[str, str]:
    """A tick for each rule that judges."""
    return {name: "on" for name in SWITCHES if name.removeprefix("rules.") not in set(off)}


def _seen(standing: Standing) -> dict[str, str]:
    return {"seen_default": str(standing.seen.default), "seen_own": str(standing.seen.own)}


def _typed(value: object) -> str:
    """A value as someone would type it, with all its digits."""
    if isinstance(value, int) and abs(value) > LARGEST_TYPED:
        return (
            f"{value:#x}"  # which is no number here; Python does not print its thousands of digits
        )
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
