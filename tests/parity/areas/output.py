"""Log calls and prints: ruff's G001 to G004, LOG015, T201 and T203 against OB01 to OB03.

Not compared: G010 (a name that is out of date), G101 (a clash that raises an error), G201 and G202
(two ways of writing one thing), which speak of other things than our rules.
"""

from __future__ import annotations

from collections.abc import Callable

from scanner.domain.facts import PrintCall
from scanner.rules.contexts import ModuleContext
from scanner.rules.observability import print_call as printing
from scanner.rules.offences import Offence
from tests.parity.records import Exemption, Parity, Site


def _within(context: ModuleContext, offence: Offence, site: Site) -> bool:
    """Ruff names the message, our rules the call around it."""
    return offence.line <= site.line <= offence.end_line


def _module(said: str, holds: Callable[[ModuleContext], bool]) -> Exemption:
    """An exemption of all prints of a module."""
    return Exemption(
        "OB01", said, lambda context, site: site.code.startswith("T") and holds(context)
    )


def _print(said: str, holds: Callable[[PrintCall], bool]) -> Exemption:
    """An exemption of one print."""

    def applies(context: ModuleContext, site: Site) -> bool:
        calls = context.module.print_calls
        return any(call.line == site.line and holds(call) for call in calls)

    return Exemption("OB01", said, applies)


def _is_shown(context: ModuleContext, site: Site) -> bool:
    calls = context.module.print_calls
    return any(call.line == site.line and printing.is_shown(context, call) for call in calls)


def _log(said: str, shape: str) -> Exemption:
    """An exemption of log calls with messages of one shape."""

    def applies(context: ModuleContext, site: Site) -> bool:
        calls = (call for call in context.module.log_calls if call.message == shape)
        return any(call.line <= site.line <= call.end_line for call in calls)

    return Exemption("OB02", said, applies)


PARITY = Parity(
    name="output",
    codes={
        **dict.fromkeys(("G001", "G002", "G003", "G004"), ("OB02",)),
        "LOG015": ("OB03",),
        "T201": ("OB01",),
        "T203": ("OB01",),
    },
    exemptions=(
        _log("whose values are given beside them", "template"),
        _log("f-strings without fields, and sums of constants", "fixed"),
        _module("command-line code", lambda context: context.is_command_line),
        _module("define a `print` of their own", printing.has_own_print),
        _module("support for tests", lambda context: context.supports_tests),
        _print("prints with `file=`", printing.goes_elsewhere),
        _print("empty lines, `end=` and `flush=`", printing.is_typography),
        _print("prints in a main guard", lambda call: call.in_main_guard),
        Exemption("OB01", "they print, show, dump, report, debug, trace", _is_shown),
        _print("asks whether to be verbose or quiet, to show, or to debug", printing.is_optional),
        _print("a block that ends the program", lambda call: call.ends_program),
        _print("reads what a person types", lambda call: call.in_dialogue),
    ),
    fewest={"G004": 10, "G003": 1, "LOG015": 1, "T201": 50},
    finds=_within,
)
