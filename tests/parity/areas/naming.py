"""Names: ruff's N801, N802 and N999 against NM02, NM03 and NM01."""

from __future__ import annotations

from collections.abc import Callable

from scanner.domain.facts import Class, Function, Module
from scanner.rules.contexts import ModuleContext
from scanner.rules.naming.class_name import acts_like_function, is_one_case, is_structure
from scanner.rules.naming.function_name import FOLLOWED, is_set_elsewhere
from scanner.rules.naming.symbols import heirs, is_public, last
from tests.parity.records import Exemption, Parity, Site


def _of_class(said: str, holds: Callable[[Class, Module], bool]) -> Exemption:
    def applies(context: ModuleContext, site: Site) -> bool:
        return site.code == "N801" and any(
            holds(found, context.module)
            for found in context.module.classes
            if found.line == site.line
        )

    return Exemption("NM02", said, applies)


def _of_function(said: str, holds: Callable[[Function, ModuleContext], bool]) -> Exemption:
    def applies(context: ModuleContext, site: Site) -> bool:
        return site.code == "N802" and any(
            holds(function, context)
            for function in context.module.functions
            if function.line == site.line
        )

    return Exemption("NM03", said, applies)


def _is_inherited(function: Function, context: ModuleContext) -> bool:
    return is_set_elsewhere(function, context.once(heirs))


def _following(said: str) -> Exemption:
    pattern = FOLLOWED[said]
    return _of_function(said, lambda found, _: pattern.fullmatch(last(found.name)) is not None)


PARITY = Parity(
    name="naming",
    codes={"N801": ("NM02",), "N802": ("NM03",), "N999": ("NM01",)},
    exemptions=(
        _of_class("Private classes are", lambda found, _: not is_public(found.name)),
        _of_class("classes inside functions", lambda found, _: found.is_nested),
        _of_class(
            "names in small letters alone",
            lambda found, _: is_one_case(last(found.name)) and last(found.name).islower(),
        ),
        _of_class("names in capitals alone", lambda found, _: is_one_case(last(found.name))),
        _of_class("ctypes", lambda found, _: is_structure(found)),
        _of_class("used like a", acts_like_function),
        _of_class("A last underscore", lambda found, _: "_" not in found.name.rstrip("_")),
        _of_function("Private functions are", lambda found, _: not is_public(found.name)),
        _of_function("functions inside functions", lambda found, _: found.is_nested),
        _of_function("names that are set elsewhere", _is_inherited),
        *map(_following, FOLLOWED),
    ),
    fewest={"N801": 50, "N802": 100, "N999": 10},
)
