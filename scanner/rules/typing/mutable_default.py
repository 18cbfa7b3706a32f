"""A list, dict or set is made once and shared by all calls or instances.

## What it finds
Mutable defaults of parameters: 2 when the function changes, stores or returns the default, else
0.5. Mutable class attributes that are changed through an instance: 2. Fields of dataclasses and
models with a mutable default: 0.5. Constants of a class that nobody changes are fine, and so are
attributes that are shared on purpose: registries changed through the class, ClassVar, capital
letters, special names.

## Why it matters
A default is made when the `def` runs, not when the function is called. What one caller puts into it
the next caller finds there: data of one request in the answer to another. Nothing fails, and no
test that calls the function once can see it.

## How to fix it
Use None, or an empty tuple, as the default and make the container in the body. In a class, set the
attribute in `__init__`; in a dataclass or a model use `field(default_factory=list)`.

Bad:

    def add(line, lines=[]):
        lines.append(line)
        return lines

Good:

    def add(line, lines=None):
        return [*(lines or ()), line]

## When to accept it
A cache that is shared on purpose and says so; ClassVar or a module constant says it better.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from scanner.domain.facts import Class, MutableDefault
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

SHARED: Final = 2.0
RISKY: Final = 0.5
_USES: Final[Mapping[str, str]] = {
    "mutated": "changes it",
    "stored": "stores it",
    "returned": "returns it",
}
_DATACLASSES: Final = frozenset(
    {"dataclass", "define", "frozen", "mutable", "attrs", "attributes", "s"}
)
_MODELS: Final = frozenset({"BaseModel", "BaseSettings", "SQLModel", "Schema", "Struct"})
_DECLARATIONS: Final = frozenset({"Meta", "Config"})


def _judge(context: ModuleContext) -> Iterator[Offence]:
    if not context.module.mutable_defaults:
        return
    classes = {found.name: found for found in context.module.classes}
    for default in context.module.mutable_defaults:
        if default.holder == "parameter":
            yield _of_parameter(default)
        else:
            yield from _of_class(default, classes.get(default.symbol))


def _of_parameter(default: MutableDefault) -> Offence:
    name = f"{brief(default.symbol)} has a mutable default for `{default.name}`"
    if default.use in _USES:
        said = f"{name} and {_USES[default.use]}: all calls share one object."
        return _offence(default, f"{said} Use None and make it in the body.", SHARED)
    said = f"{name}; nothing changes it today. Use None or an immutable default."
    return _offence(default, said, RISKY)


def _of_class(default: MutableDefault, owner: Class | None) -> Iterator[Offence]:
    if _is_declared_shared(default):
        return
    name = brief(f"{default.symbol}.{default.name}")
    if owner is not None and default.annotation and _has_fields(owner):
        yield _offence(default, f"{name} {_of_field(owner)}; use a default_factory.", RISKY)
    elif default.use == "mutated":
        said = f"{name} is one object for all instances, and methods change it through self;"
        yield _offence(default, f"{said} set it in __init__, or say ClassVar.", SHARED)


def _of_field(owner: Class) -> str:
    """What is risky about a field's mutable default."""
    if _MODELS.isdisjoint(name.rpartition(".")[2] for name in owner.bases):
        return "is a field with a mutable default, one object for all instances"
    return "is a field with a mutable default, safe only as long as the model copies it"


def _is_declared_shared(default: MutableDefault) -> bool:
    name = default.name
    return (
        name.isupper()
        or (name.startswith("__") and name.endswith("__"))
        or default.annotation.rpartition(".")[2] == "ClassVar"
        or default.symbol.rpartition(".")[2] in _DECLARATIONS
    )


def _has_fields(owner: Class) -> bool:
    """A dataclass or a model, whose annotated attributes are fields of each instance."""
    decorators = {name.rpartition(".")[2] for name in owner.decorators}
    bases = {name.rpartition(".")[2] for name in owner.bases}
    return not (decorators.isdisjoint(_DATACLASSES) and bases.isdisjoint(_MODELS))


def _offence(default: MutableDefault, message: str, cost: float) -> Offence:
    return Offence(
        line=default.line,
        end_line=default.line,
        symbol=default.symbol,
        message=message,
        costs=(Cost(millionths(cost)),),
        digest=default.name,
    )


RULE = module_rule("TY04", "mutable-default", effort=5, page=__doc__, judge=_judge)
