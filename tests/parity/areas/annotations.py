"""Missing annotations: ruff's ANN001 to ANN206 against TY01, slot by slot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.domain.facts import Function
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Offence
from scanner.rules.typing.signatures import is_overload, signatures
from tests.parity.records import Exemption, Parity, Site

PARAMETERS = ("ANN001", "ANN002", "ANN003")
RETURNS = ("ANN201", "ANN202", "ANN204", "ANN205", "ANN206")
_NAMED = re.compile(r"`\*{0,2}(\w+)`$")


def _by_line(context: ModuleContext) -> tuple[Function, ...]:
    """The functions, the last one first."""
    return tuple(sorted(context.module.functions, key=lambda each: -each.line))


def _functions_at(context: ModuleContext, site: Site) -> Iterator[Function]:
    """The function that holds the slot which ruff names: the innermost one."""
    slot = _slot_of(site)
    for function in context.once(_by_line):
        if site.code in RETURNS and function.line != site.line:
            continue
        if function.line <= site.line <= function.end_line and any(
            each.name == slot for each in function.slots
        ):
            yield function
            return


def _slot_of(site: Site) -> str:
    if site.code in RETURNS:
        return "return"
    found = _NAMED.search(site.message)
    assert found, site
    return found[1]


def _finds(context: ModuleContext, offence: Offence, site: Site) -> bool:
    slot = _slot_of(site)
    return any(
        each.name == slot and each.annotation == "none"
        for function in _functions_at(context, site)
        if function.line == offence.line
        for signature in context.once(signatures)
        if signature.function is function
        for each in signature.slots
    )


def _is_init(context: ModuleContext, site: Site) -> bool:
    """The return of a constructor, which is no slot."""
    return site.code in RETURNS and any(
        function.line == site.line and function.name.rpartition(".")[2] == "__init__"
        for function in context.module.functions
    )


def _is_implementation(context: ModuleContext, site: Site) -> bool:
    overloaded = {each.name for each in context.module.functions if is_overload(each)}
    return any(
        function.name in overloaded and not is_overload(function)
        for function in _functions_at(context, site)
    )


def _has_stub(context: ModuleContext, site: Site) -> bool:
    return any(function.name in context.stubs for function in _functions_at(context, site))


PARITY = Parity(
    name="annotations",
    codes=dict.fromkeys((*PARAMETERS, *RETURNS), ("TY01",)),
    exemptions=(
        Exemption("TY01", "the return of `__init__` need none", _is_init),
        Exemption("TY01", "an implementation behind `@overload`", _is_implementation),
        Exemption("TY01", "A type stub beside the module", _has_stub),
    ),
    fewest=dict.fromkeys((*PARAMETERS, "ANN201", "ANN202", "ANN204"), 50),
    finds=_finds,
)
