"""A rubric as named values: what forms, files and stored changes are made of.

Each value has a name of its own: `principles.typing.weight`, `limits.file_lines`, `rules.TY05`,
where a rule's value tells whether it judges. So a rubric may be kept as the few values in which it
differs from the one it inherits from, and a later change there still reaches the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from scanner.domain.rubric import KEYS, Limits, Rubric, Terms

Value = float | int | bool
Values = Mapping[str, Value]

TERMS: Final = tuple(name for name in Terms.model_fields if name != "key")
"""What a principle is weighed with, in order."""

_PRINCIPLE: Final = "principles"
_LIMIT: Final = "limits"
_RULE: Final = "rules"
_NO_RULE: Final = "A rule is a code like TY05, on or off."


class InvalidValuesError(Exception):
    """Values that make no rubric. `mistakes` by name of the value; "" for the rubric as a whole."""

    def __init__(self, mistakes: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {why}" for name, why in mistakes.items()))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class LimitNote:
    """A limit as pages and files name it."""

    name: str
    principle: str
    title: str
    note: str
    readers: tuple[str, ...]  # the principles whose rules compare with it, its own first
    is_scored: bool  # else it changes what is said and advised, but no cost


@dataclass(frozen=True, slots=True)
class Difference:
    """One value before and after; None where that rubric does not know it."""

    name: str
    before: Value | None
    after: Value | None


def _note(name: str) -> LimitNote:
    field = Limits.model_fields[name]
    extra = field.json_schema_extra
    known = extra if isinstance(extra, dict) else {}
    readers = tuple(str(known[each]) for each in ("principle", "also") if known.get(each))
    return LimitNote(
        name, readers[0], str(field.title), field.description or "", readers, bool(known["scored"])
    )


LIMIT_NOTES: Final = tuple(_note(name) for name in Limits.model_fields)
"""All limits, in the order in which every list shows them."""


def term_name(principle: str, term: str) -> str:
    """The name of a weight, a rigour or a grace."""
    return f"{_PRINCIPLE}.{principle}.{term}"


def limit_name(limit: str) -> str:
    """The name of a limit."""
    return f"{_LIMIT}.{limit}"


def rule_name(code: str) -> str:
    """The name of the value that tells whether a rule judges."""
    return f"{_RULE}.{code}"


def is_known(name: str) -> bool:
    """Whether a rubric has a value of this name; whether a rule exists, the catalogue knows."""
    kind, _, rest = name.partition(".")
    if kind == _PRINCIPLE:
        key, _, term = rest.partition(".")
        return key in KEYS and term in TERMS
    return kind == _RULE or (kind == _LIMIT and rest in Limits.model_fields)


def values_of(rubric: Rubric) -> dict[str, Value]:
    """All values in order; of the rules, those that are off."""
    found: dict[str, Value] = {}
    for terms in rubric.principles:
        found |= {term_name(terms.key, term): getattr(terms, term) for term in TERMS}
    found |= {limit_name(name): getattr(rubric.limits, name) for name in Limits.model_fields}
    return found | {rule_name(code): False for code in sorted(rubric.rules_off)}


def differences(before: Values, after: Values) -> tuple[Difference, ...]:
    """The values that differ, in order; a rule that is not named judges."""
    names = [*before, *(name for name in after if name not in before)]
    pairs = [Difference(name, _get(before, name), _get(after, name)) for name in names]
    return tuple(pair for pair in pairs if pair.before != pair.after)


def redirected(before: Values, after: Values) -> tuple[Difference, ...]:
    """The same of two sets of changes: None is what they leave as it is inherited."""
    names = [*before, *(name for name in after if name not in before)]
    pairs = [Difference(name, before.get(name), after.get(name)) for name in names]
    return tuple(pair for pair in pairs if pair.before != pair.after)


def changes_of(base: Rubric, rubric: Rubric) -> dict[str, Value]:
    """The values of a rubric that are not those of the base it inherits from."""
    found = differences(values_of(base), values_of(rubric))
    return {one.name: one.after for one in found if one.after is not None}


def settled(base: Rubric, wanted: Mapping[str, object], *, strict: bool = False) -> Rubric:
    """The base with the values that are wanted; text is read as numbers unless `strict`.

    Raises InvalidValuesError that tells every mistake by the name of its value.
    """
    content: dict[str, object] = {**values_of(base), **wanted}
    mistakes = {name: _NO_RULE for name in content if not _is_rule_or_number(name, content)}
    mistakes |= {name: "There is no such value." for name in wanted if not is_known(name)}
    if mistakes:
        raise InvalidValuesError(mistakes)
    try:
        return Rubric.model_validate(_nested(content), strict=strict)
    except ValidationError as error:
        raise InvalidValuesError(_mistakes(error)) from error


def restored(base: Rubric, stored: Mapping[str, object]) -> Rubric:
    """The base with values that were stored, by an older version perhaps.

    Values that this version no longer knows are left out. Raises InvalidValuesError.
    """
    return settled(base, {name: each for name, each in stored.items() if is_known(name)})


def _get(values: Values, name: str) -> Value | None:
    return values.get(name, True if name.startswith(f"{_RULE}.") else None)


def _is_rule_or_number(name: str, content: Mapping[str, object]) -> bool:
    """A rule is on or off; what other values may be, the rubric knows itself."""
    return not name.startswith(f"{_RULE}.") or isinstance(content[name], bool)


def _nested(content: Mapping[str, object]) -> dict[str, object]:
    """The values in the shape of the model."""
    return {
        _PRINCIPLE: tuple(
            {"key": key, **{term: content[term_name(key, term)] for term in TERMS}} for key in KEYS
        ),
        _LIMIT: {name: content[limit_name(name)] for name in Limits.model_fields},
        "rules_off": frozenset(_off(content)),
    }


def _off(content: Mapping[str, object]) -> Iterable[str]:
    for name, judges in content.items():
        kind, _, code = name.partition(".")
        if kind == _RULE and judges is False:
            yield code


def _mistakes(error: ValidationError) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in error.errors(include_url=False, include_context=False, include_input=False):
        why = one["msg"].removeprefix("Value error, ").partition(", unable to parse")[0]
        found.setdefault(_name_of(one["loc"]), why)
    return found


def _name_of(place: tuple[int | str, ...]) -> str:
    """The name of the value at a place of the model."""
    match place:
        case ("principles", int(number), str(term), *_):
            return term_name(KEYS[number], term)
        case ("limits", str(limit), *_):
            return limit_name(limit)
        case ("rules_off", *_):
            return _RULE
    return ""
