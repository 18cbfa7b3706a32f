"""Blocking calls and lost tasks: ruff's ASYNC codes against AS01, RUF006 against AS02.

Which calls block is compared name by name in `test_blocking_calls`.
"""

from __future__ import annotations

from scanner.domain.facts import AsyncCall
from scanner.rules.contexts import ModuleContext
from tests.parity.records import Exemption, Parity, Site

BLOCKING = ("ASYNC210", "ASYNC212", "ASYNC220", "ASYNC221", "ASYNC222", "ASYNC230", "ASYNC251")


def _calls_at(context: ModuleContext, site: Site) -> list[AsyncCall]:
    return [call for call in context.module.async_calls if call.line == site.line]


def _is_closing(context: ModuleContext, site: Site) -> bool:
    calls = _calls_at(context, site)
    return site.code == "ASYNC212" and any(call.name.endswith("().close") for call in calls)


def _is_its_own(context: ModuleContext, site: Site) -> bool:
    own = {function.name for function in context.module.functions}
    return any(call.name in own for call in _calls_at(context, site))


def _supports_tests(context: ModuleContext, site: Site) -> bool:
    return site.code in BLOCKING and context.supports_tests


PARITY = Parity(
    name="async",
    codes={**dict.fromkeys(BLOCKING, ("AS01",)), "RUF006": ("AS02",)},
    exemptions=(
        Exemption("AS01", "support for tests", _supports_tests),
        Exemption("AS01", "closing a client", _is_closing),
        Exemption("AS01", "functions of the module that have such a name", _is_its_own),
    ),
    fewest={"ASYNC230": 1, "ASYNC251": 1, "RUF006": 2},
)
