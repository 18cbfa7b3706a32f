"""A list, dict or set is made once and shared by all calls or instances.

## What it finds
Mutable defaults of parameters: 2 when the function changes, stores or returns the default, else
0.5. Mutable class attributes that are changed through an instance: 2. Fields of attrs classes and
dataclasses with a mutable default: 0.5.

Exempt: defaults that are only read and annotated as what cannot be changed (Sequence, Mapping,
Iterable, Collection and their kin), and those of functions without a body; fields of models that
copy their defaults for each instance (pydantic, SQLModel, Ninja, msgspec; told by the bases, as far
as the module shows them, or by an argument such as `kw_only` in its head). Constants of a class
that nobody changes are fine, and so are attributes that are shared on purpose: registries changed
through the class, ClassVar, capital letters, special names, names that say cache, registry, pool or
memo.

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

import re
from collections.abc import Iterator, Mapping
from typing import Final

from scanner.domain.facts import Class, Function, MutableDefault
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
_MODEL_ARGUMENTS: Final = frozenset({"kw_only", "frozen", "forbid_unknown_fields", "tag", "table"})
_READ_ONLY: Final = frozenset(
    {
        "Sequence",
        "Mapping",
        "Iterable",
        "Collection",
        "Container",
        "Set",
        "AbstractSet",
        "Reversible",
    }
)
_SHARED: Final = re.compile(r"cache|registry|pool|memo(?:$|_|ize)|singleton", re.IGNORECASE)
_DECLARATIONS: Final = frozenset({"Meta", "Config"})


def _judge(context: ModuleContext) -> Iterator[Offence]:
    if not context.module.mutable_defaults:
        return
    classes = {found.name: found for found in context.module.classes}
    empty = [function for function in context.module.functions if function.is_stub]
    for default in context.module.mutable_defaults:
        if default.holder == "parameter":
            if not (_is_only_read(default) or any(_is_of(default, each) for each in empty)):
                yield _of_parameter(default)
        else:
            yield from _of_class(default, classes)


def _is_of(default: MutableDefault, function: Function) -> bool:
    """Whether it is a default of this one of the functions of a name."""
    lines = range(function.line, function.end_line + 1)
    return default.symbol == function.name and default.line in lines


def _is_only_read(default: MutableDefault) -> bool:
    return default.use == "read" and default.annotation.rpartition(".")[2] in _READ_ONLY


def _of_parameter(default: MutableDefault) -> Offence:
    name = f"{brief(default.symbol)} has a mutable default for `{default.name}`"
    if default.use in _USES:
        said = f"{name} and {_USES[default.use]}: all calls share one object."
        return _offence(default, f"{said} Use None and make it in the body.", SHARED)
    said = f"{name}; nothing changes it today. Use None or an immutable default."
    return _offence(default, said, RISKY)


def _of_class(default: MutableDefault, classes: Mapping[str, Class]) -> Iterator[Offence]:
    if _is_declared_shared(default):
        return
    owner = classes.get(default.symbol)
    if owner is not None and default.annotation and _is_model(owner, classes):
        return
    name = brief(f"{default.symbol}.{default.name}")
    if owner is not None and default.annotation and _has_fields(owner):
        said = f"{name} is a field with a mutable default, one object for all instances;"
        yield _offence(default, f"{said} use a default_factory.", RISKY)
    elif default.use == "mutated":
        said = f"{name} is one object for all instances, and methods change it through self;"
        yield _offence(default, f"{said} set it in __init__, or say ClassVar.", SHARED)


def _is_declared_shared(default: MutableDefault) -> bool:
    name = default.name
    return (
        name.isupper()
        or _SHARED.search(name) is not None
        or (name.startswith("__") and name.endswith("__"))
        or default.annotation.rpartition(".")[2] == "ClassVar"
        or default.symbol.rpartition(".")[2] in _DECLARATIONS
    )


def _has_fields(owner: Class) -> bool:
    """A dataclass or an attrs class, whose annotated attributes are fields of each instance."""
    return not _DATACLASSES.isdisjoint(name.rpartition(".")[2] for name in owner.decorators)


def _is_model(owner: Class, classes: Mapping[str, Class]) -> bool:
    """Whether a class copies its defaults for each instance, as far as the module shows."""
    seen: set[str] = set()
    waiting = [owner]
    while waiting:
        found = waiting.pop()
        if not _MODEL_ARGUMENTS.isdisjoint(found.keywords):
            return True
        for base in found.bases:
            if base.rpartition(".")[2] in _MODELS:
                return True
            if base in classes and base not in seen:
                seen.add(base)
                waiting.append(classes[base])
    return False


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
