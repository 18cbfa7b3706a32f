"""The slots that typing counts: overloads apart from their implementation, type stubs heeded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from scanner.domain.facts import Function, Slot
from scanner.rules.contexts import ModuleContext
from scanner.rules.wording import listed

_RANKS: Final[Mapping[str, int]] = {"none": 0, "any": 1, "bare": 2, "full": 3}
"""How much an annotation says; where overloads in a stub differ, the best one speaks."""


class Signature(NamedTuple):
    """A function with the slots that count, and the key of its site."""

    function: Function
    slots: tuple[Slot, ...]
    site: str

    @property
    def is_dunder(self) -> bool:
        """A special method, whose types the language sets."""
        name = self.function.name.rpartition(".")[2]
        return name.startswith("__") and name.endswith("__")


def signatures(context: ModuleContext) -> tuple[Signature, ...]:
    """Every function with slots; the implementation behind overloads is left out."""
    return tuple(_signatures(context.module.functions, context.stubs))


def _signatures(
    functions: Sequence[Function], stubs: Mapping[str, tuple[Function, ...]]
) -> Iterator[Signature]:
    overloaded = {function.name for function in functions if is_overload(function)}
    said = {name: _said(stubs[name]) for name in stubs}
    for function in functions:
        if not function.slots or (function.name in overloaded and not is_overload(function)):
            continue
        slots = function.slots
        if function.name in said:
            slots = tuple(_supplied(slots, said[function.name]))
        yield Signature(function, slots, str(function.line))


def is_overload(function: Function) -> bool:
    """Whether it is decorated with typing.overload."""
    return any(name.rpartition(".")[2] == "overload" for name in function.decorators)


def _said(stubs: Iterable[Function]) -> Mapping[str, str]:
    """What a stub says of each slot; of several overloads, the one that says most."""
    said: dict[str, str] = {}
    for stub in stubs:
        for slot in stub.slots:
            known = said.get(slot.name, "none")
            said[slot.name] = max(known, slot.annotation, key=_RANKS.__getitem__)
    return said


def _supplied(slots: Iterable[Slot], said: Mapping[str, str]) -> Iterator[Slot]:
    """The slots with what the stub says of them; what it spells otherwise counts as said."""
    for slot in slots:
        yield slot._replace(annotation=said.get(slot.name, "full"))


def slots_named(slots: Sequence[Slot]) -> str:
    """The slots as a message names them: "`path`, `mode` and the return"."""
    names = [slot.name for slot in slots if slot.kind != "return"]
    return listed(names, last="the return" if len(names) < len(slots) else "")
