"""The rubric: weights, rigour, grace and limits, as data.

A rubric is immutable. Two rubrics of equal content have the same version, so a stored verdict says
which yardstick it was made with. Titles, units and notes of the fields stand here alone: forms,
pages and files are made from them, so a new limit is one line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

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
    weight: Weight = Field(
        title="Weight", description="its part of the overall score, among the weights that apply"
    )
    rigour: Factor = Field(title="Rigour", description="how hard each unit of debt counts")
    grace: Grace = Field(
        title="Grace", description="given to everyone, so that a tiny sample does not swing"
    )

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


def _limit(
    default: int,
    principle: str,
    title: str,
    note: str = "",
    also: str = "",
    scored: str = "yes",
) -> int:
    """A threshold of one principle, as every page and file names it; `also` reads it too.

    One that is not `scored` changes what is said and advised, but no cost.
    """
    extra = {"principle": principle, "also": also, "scored": scored}
    limit: int = Field(default, title=title, description=note, json_schema_extra=dict(extra))
    return limit


class Limits(_Frozen):
    """The thresholds that rules compare with. Lines are physical lines."""

    file_lines: Limit = _limit(500, "file-size", "lines of a file", also="naming")
    god_file_lines: Limit = _limit(1_000, "file-size", "lines of a god file", scored="")
    table_lines: Limit = _limit(
        20, "file-size", "lines of a literal table", "a longer one does not count towards its file"
    )
    class_methods: Limit = _limit(10, "file-size", "methods of a class")
    god_class_methods: Limit = _limit(20, "file-size", "methods of a god class", scored="")
    class_lines: Limit = _limit(
        500, "file-size", "lines charged for a class", "the most that a large class costs"
    )
    complexity: Limit = _limit(10, "complexity", "cyclomatic complexity")
    function_lines: Limit = _limit(50, "complexity", "lines of a function")
    nesting: Limit = _limit(4, "complexity", "depth of nesting")
    imports: Limit = _limit(20, "layering", "modules that one module imports")
    untested_lines: Limit = _limit(
        20,
        "testability",
        "lines without a test of their own",
        "where other modules are tested",
        scored="",
    )
    package_levels: Limit = _limit(4, "naming", "levels of packages")
    public_classes: Limit = _limit(5, "naming", "public classes of a module")
    small_class_lines: Limit = _limit(
        40, "naming", "lines of a small class", "it does not count among a module's classes"
    )
    generic_module_lines: Limit = _limit(
        100, "naming", "lines of a generic module", "a shorter one may be called utils"
    )
    undocumented_lines: Limit = _limit(
        10, "naming", "lines without a docstring", "of a public function or class"
    )
    undocumented_names: Limit = _limit(
        2, "naming", "names without a docstring", "public ones of a module without a docstring"
    )


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
