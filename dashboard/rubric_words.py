"""The values of a rubric in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dashboard.charts.scale import DASH
from dashboard.names import rule_title
from dashboard.principles import LABELS
from scanner.domain.rubric import Terms
from scanner.domain.rubric_values import LIMIT_NOTES, Difference, Value

_LIMITS: Final = {note.name: note for note in LIMIT_NOTES}


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A value that differs, as a page tells it."""

    name: str  # of the value
    topic: str  # the principle, or the code of the rule
    title: str
    before: str
    after: str


def changed_values(found: Iterable[Difference], nothing: str = DASH) -> tuple[ChangedValue, ...]:
    """Differences in words; `nothing` stands where a side has no value of its own."""
    return tuple(
        ChangedValue(
            one.name,
            *title_of(one.name),
            value_words(one.before, nothing),
            value_words(one.after, nothing),
        )
        for one in found
    )


def title_of(name: str) -> tuple[str, str]:
    """What a value belongs to, and what it is; a name that is no longer known is all there is."""
    kind, _, rest = name.partition(".")
    if kind == "rules":
        return rest, rule_title(rest)
    if kind == "limits" and rest in _LIMITS:
        note = _LIMITS[rest]
        label = LABELS.get(note.principle)
        return label.name if label else "", note.title
    key, _, term = rest.partition(".")
    if key in LABELS and term in Terms.model_fields:
        return LABELS[key].name, str(Terms.model_fields[term].title).lower()
    return "", name


def value_words(value: Value | None, nothing: str = DASH) -> str:
    """A number with as many decimals as it has, or whether a rule judges."""
    if value is None:
        return nothing
    if isinstance(value, bool):
        return "on" if value else "off"
    return number_words(value)


def number_words(value: float) -> str:
    """A number: 1,000, or 2.5."""
    return f"{value:,.10g}"
