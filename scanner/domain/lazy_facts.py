"""Facts of which only what somebody looks at is given its names.

Naming parts that nobody looks at is most of the cost of reading facts from a cache. A lazy module
names a part when it is first asked for, and keeps it. It is a module in all else but one: its
fields are to be asked for by name, for as a tuple it holds them as they came.
"""

from __future__ import annotations

from typing import Any, Final

from scanner.domain.facts import PARTS, Module, Part, Row, table_of

_LENGTH: Final = len(Module._fields)


class LazyModule(Module):
    """A module that names its parts one by one."""

    _row: Row


class _Named:
    """A field of a lazy module: no data descriptor, so that what it found hides it."""

    def __init__(self, name: str, part: Part) -> None:
        self._name = name
        self._number = Module._fields.index(name)
        self._part = part

    def __get__(self, module: LazyModule, _: type[LazyModule] | None = None) -> tuple[Any, ...]:
        row = module._row
        found = self._part(row[self._number], table_of(row) if self._name == "functions" else ())
        module.__dict__[self._name] = found
        return found


for _name, _part in PARTS.items():
    setattr(LazyModule, _name, _Named(_name, _part))


def decode_lazily(row: Row) -> Module:
    """A module of a row as `decode` takes it. Raises ValueError when it has another length."""
    if len(row) != _LENGTH + 1:
        raise ValueError("no row of a module")
    module = LazyModule._make(row[:-1])
    module._row = row
    return module
