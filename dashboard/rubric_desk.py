"""What the page of a rubric shows: each value beside the one it inherits, and what rules cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.forms import BoundField
from django.urls import reverse

from dashboard.forms.rubrics import RubricForm
from dashboard.names import rule_title
from dashboard.principles import LABELS, Label
from dashboard.queries.access import Frame
from dashboard.queries.repository import RuleCost
from dashboard.rubric_words import ChangedValue, changed_values, value_words
from scanner.application.rubrics import Standing
from scanner.domain.rubric import Rubric, Terms
from scanner.domain.rubric_values import (
    LIMIT_NOTES,
    TERMS,
    Values,
    differences,
    limit_name,
    rule_name,
    term_name,
    values_of,
)
from scanner.rules.catalogue import CATALOGUE

NO_COSTS: Final[Mapping[str, RuleCost]] = {}


@dataclass(frozen=True, slots=True)
class Desk:
    """A rubric that someone looks at. Without a frame it is the installation's default."""

    standing: Standing
    frame: Frame | None
    may_edit: bool
    costs: Mapping[str, RuleCost] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Its page."""
        if self.frame is None:
            return reverse("rubric-default")
        return reverse("repository-rubric", args=[self.frame.team_slug, self.frame.slug])

    @property
    def file_address(self) -> str:
        """Its file."""
        return f"{self.address}file/"

    @property
    def layout(self) -> str:
        """The template that its pages extend."""
        return "repository_base.html" if self.frame else "base.html"

    @property
    def name(self) -> str:
        """Whose rubric it is. The name of a repository is hostile text."""
        return self.frame.name if self.frame else "Every repository"

    @property
    def inherits(self) -> str:
        """What stands where nothing is set."""
        return "the default" if self.frame else "the product's own"


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A weight, a rigour, a grace or a limit. The field is for those who may edit."""

    title: str
    note: str
    value: str
    inherited: str
    differs: bool
    field: BoundField | None


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """A rule: whether it judges, and what it costs in the latest verdict."""

    code: str
    title: str
    judges: bool
    inherited: bool
    cost: RuleCost | None
    field: BoundField | None

    @property
    def differs(self) -> bool:
        """Whether it was switched here."""
        return self.judges is not self.inherited


@dataclass(frozen=True, slots=True)
class RubricChapter:
    """One principle with all that its rubric holds of it."""

    label: Label
    terms: tuple[ValueRow, ...]  # weight, rigour, grace
    limits: tuple[ValueRow, ...]
    switches: tuple[SwitchRow, ...]

    @property
    def wrong(self) -> list[ValueRow]:
        """The values of it that were refused."""
        rows = (*self.terms, *self.limits)
        return [row for row in rows if row.field is not None and row.field.errors]


def chapters(desk: Desk, form: RubricForm | None) -> list[RubricChapter]:
    """All principles in order, with fields where there is a form."""
    now, base = values_of(desk.standing.rubric), values_of(desk.standing.base)
    codes = {entry.principle.key: [rule.code for rule in entry.rules] for entry in CATALOGUE}
    return [
        RubricChapter(
            label,
            _terms(key, now, base, form),
            _limits(key, now, base, form),
            tuple(_switch(code, desk, form) for code in codes.get(key, ())),
        )
        for key, label in LABELS.items()
    ]


def coming(desk: Desk, wanted: Rubric) -> tuple[ChangedValue, ...]:
    """What a change does to the rubric that holds."""
    return changed_values(differences(values_of(desk.standing.rubric), values_of(wanted)))


def own(desk: Desk) -> tuple[ChangedValue, ...]:
    """What the rubric has of its own: the value it would inherit, and the one it has."""
    standing = desk.standing
    return changed_values(differences(values_of(standing.base), values_of(standing.rubric)))


def _terms(key: str, now: Values, base: Values, form: RubricForm | None) -> tuple[ValueRow, ...]:
    fields = [(term_name(key, term), Terms.model_fields[term]) for term in TERMS]
    return tuple(
        _row(name, str(info.title), info.description or "", now, base, form)
        for name, info in fields
    )


def _limits(key: str, now: Values, base: Values, form: RubricForm | None) -> tuple[ValueRow, ...]:
    return tuple(
        _row(
            limit_name(note.name),
            note.title[:1].upper() + note.title[1:],
            note.note,
            now,
            base,
            form,
        )
        for note in LIMIT_NOTES
        if note.principle == key
    )


def _row(
    name: str, title: str, note: str, now: Values, base: Values, form: RubricForm | None
) -> ValueRow:
    return ValueRow(
        title=title,
        note=note,
        value=value_words(now[name]),
        inherited=value_words(base[name]),
        differs=now[name] != base[name],
        field=form[name] if form is not None else None,
    )


def _switch(code: str, desk: Desk, form: RubricForm | None) -> SwitchRow:
    return SwitchRow(
        code=code,
        title=rule_title(code),
        judges=code not in desk.standing.rubric.rules_off,
        inherited=code not in desk.standing.base.rules_off,
        cost=desk.costs.get(code),
        field=form[rule_name(code)] if form is not None else None,
    )
