"""The rubric: weights, rigour, grace and limits, as data.

A rubric is immutable. Two rubrics of equal content have the same version, so a stored verdict says
which yardstick it was made with. `load` reads a TOML file that names only what differs from the
default:

    [principles.complexity]
    weight = 20
    [limits]
    function_lines = 40
    [rules]
    off = ["TY05"]
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from scanner.domain.errors import UserError
from scanner.domain.findings import MILLION

KEYS: Final = (
    "file-size",
    "complexity",
    "typing",
    "layering",
    "fail-fast",
    "async",
    "observability",
    "configuration",
    "testability",
    "naming",
)
"""All principles, in the order in which every list shows them."""

RUBRIC_BYTES: Final = 256_000

Factor = Annotated[float, Field(gt=0, le=1_000, allow_inf_nan=False)]
Weight = Annotated[float, Field(ge=0, le=1_000, allow_inf_nan=False)]
Grace = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Limit = Annotated[int, Field(ge=1, le=1_000_000)]
RuleCode = Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9]{2}$")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Terms(_Frozen):
    """What one principle weighs, how hard it bites, and what keeps small samples from swinging."""

    key: str
    weight: Weight
    rigour: Factor
    grace: Grace  # in the principle's unit

    @cached_property
    def grace_millionths(self) -> int:
        """The grace as a mass."""
        return round(self.grace * MILLION)

    @cached_property
    def rigour_millionths(self) -> int:
        """The rigour as a whole number, so that a score is one exact division."""
        return round(self.rigour * MILLION)

    @cached_property
    def weight_millionths(self) -> int:
        """The weight as a whole number, so that a mean of hundreds is exactly a hundred."""
        return round(self.weight * MILLION)


class Limits(_Frozen):
    """The thresholds that rules compare with. Lines are physical lines."""

    file_lines: Limit = 500
    god_file_lines: Limit = 1_000
    table_lines: Limit = 20  # a literal table over this does not count towards file_lines
    class_methods: Limit = 10
    god_class_methods: Limit = 20
    class_lines: Limit = 500  # the most lines a large class is charged for
    complexity: Limit = 10
    function_lines: Limit = 50
    nesting: Limit = 4
    imports: Limit = 20  # modules imported by one module


def _default_terms() -> tuple[Terms, ...]:
    rows = (
        (14, 1.5, 200),
        (14, 2.5, 100),
        (14, 1, 20),
        (14, 10, 10),
        (14, 3, 10),
        (6, 4, 10),
        (6, 3, 10),
        (6, 3, 10),
        (6, 3, 20),
        (6, 4, 20),
    )
    return tuple(
        Terms(key=key, weight=weight, rigour=rigour, grace=grace)
        for key, (weight, rigour, grace) in zip(KEYS, rows, strict=True)
    )


class Rubric(_Frozen):
    """Everything that judgement may be told to do differently."""

    principles: tuple[Terms, ...] = Field(default_factory=_default_terms)
    limits: Limits = Limits()
    rules_off: frozenset[RuleCode] = frozenset()

    @model_validator(mode="after")
    def _holds_all_principles(self) -> Rubric:
        if tuple(terms.key for terms in self.principles) != KEYS:
            raise ValueError("a rubric holds every principle once, in order")
        if not any(terms.weight_millionths for terms in self.principles):
            raise ValueError("at least one principle needs a weight above 0")
        return self

    @cached_property
    def by_key(self) -> Mapping[str, Terms]:
        """Terms by principle key, in order."""
        return {terms.key: terms for terms in self.principles}

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits after a "1-"; equal for equal content."""
        content = self.model_dump(mode="json")
        content["rules_off"] = sorted(self.rules_off)
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return f"1-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


DEFAULT: Final = Rubric()


def load(data: bytes) -> Rubric:
    """Read a rubric file: the default with what the file changes.

    Raises UserError "rubric.unreadable" or "rubric.invalid" with the place of the first mistake.
    """
    if len(data) > RUBRIC_BYTES:
        raise _unreadable(f"it is larger than {RUBRIC_BYTES // 1_000} kB")
    try:
        content = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unreadable(f"it is not valid TOML: {error}") from error
    except RecursionError as error:
        raise _unreadable("it is nested too deeply") from error
    return _merge(content)


def _merge(content: Mapping[str, object]) -> Rubric:
    unknown = sorted(set(content) - {"principles", "limits", "rules"})
    if unknown:
        raise _invalid(f"the key {unknown[0]!r} is unknown")
    rules = _table(content, "rules")
    if extra := sorted(set(rules) - {"off"}):
        raise _invalid(f"the key 'rules.{extra[0]}' is unknown")
    try:
        return Rubric(
            principles=_terms(_table(content, "principles")),
            limits=Limits.model_validate(_table(content, "limits"), strict=True),
            rules_off=rules.get("off", frozenset()),
        )
    except ValidationError as error:
        raise _invalid(_first_mistake(error)) from error


def _terms(changes: Mapping[str, object]) -> tuple[Terms, ...]:
    unknown = sorted(set(changes) - set(KEYS))
    if unknown:
        raise _invalid(f"there is no principle {unknown[0]!r}")
    return tuple(
        Terms.model_validate(
            {**terms.model_dump(), **_table(changes, terms.key), "key": terms.key}, strict=True
        )
        for terms in DEFAULT.principles
    )


def _table(content: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = content.get(key, {})
    if not isinstance(value, dict):
        raise _invalid(f"{key!r} is no table")
    return value


def _first_mistake(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]


def _unreadable(why: str) -> UserError:
    return UserError(
        "rubric.unreadable",
        f"The rubric file cannot be read: {why}.",
        "Give a TOML file like the one on the rubric page.",
    )


def _invalid(why: str) -> UserError:
    return UserError(
        "rubric.invalid",
        f"The rubric file is not valid: {why}.",
        f"Principles are {', '.join(KEYS)}; limits are {', '.join(Limits.model_fields)}.",
    )
