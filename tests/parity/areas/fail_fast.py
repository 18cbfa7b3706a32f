"""Silent and broad handlers: ruff's BLE001, E722, S110 and S112 against FF01 to FF03."""

from __future__ import annotations

from collections.abc import Callable

from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.calls import Deed
from scanner.rules.fail_fast.handling import Handling, handlings
from tests.parity.records import Exemption, Parity, Site

SILENT = ("FF01", "FF02")


def _when(rule: str, said: str, holds: Callable[[Handling], bool]) -> Exemption:
    def applies(context: ModuleContext, site: Site) -> bool:
        return any(
            holds(handling)
            for handling in context.once(handlings)
            if handling.fact.line == site.line
        )

    return Exemption(rule, said, applies)


PARITY = Parity(
    name="fail fast",
    codes={
        "BLE001": ("FF01", "FF02", "FF03"),
        "E722": ("FF02",),
        "S110": SILENT,
        "S112": SILENT,
    },
    exemptions=(
        _when("FF03", "the error is raised again", lambda handling: handling.raises),
        _when(
            "FF03",
            "handed on, stored, asserted or returned",
            lambda handling: handling.fact.keeps_error,
        ),
        _when(
            "FF03",
            "clean-up inside a handler that raises",
            lambda handling: handling.fact.in_reraising_handler,
        ),
        _when("FF03", "the traceback is told", lambda handling: handling.has_traceback),
        _when("FF03", "the program ends", lambda handling: Deed.ENDED in handling.deeds),
        _when(
            "FF01",
            "handing it on (to a function",
            lambda handling: Deed.HANDED_ON in handling.deeds,
        ),
        _when(
            "FF01",
            "functions that close something",
            lambda handling: handling.is_closing and handling.is_silent,
        ),
        _when(
            "FF01",
            "only ask a foreign object",
            lambda handling: handling.asks_foreign_object and handling.is_silent,
        ),
        _when(
            "FF01", "formatting or showing it", lambda handling: Deed.FORMATTED in handling.deeds
        ),
    ),
    fewest={"BLE001": 100, "E722": 1, "S110": 50, "S112": 1},
)
