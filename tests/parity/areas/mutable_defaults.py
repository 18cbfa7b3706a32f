"""Mutable defaults of parameters: ruff's B006 against TY04."""

from __future__ import annotations

from scanner.rules.contexts import ModuleContext
from tests.parity.records import Exemption, Parity, Site


def _has_no_body(context: ModuleContext, site: Site) -> bool:
    return any(
        function.is_stub and function.line <= site.line <= function.end_line
        for function in context.module.functions
    )


def _is_read_and_protected(context: ModuleContext, site: Site) -> bool:
    return any(
        default.line == site.line and default.use == "read" and bool(default.annotation)
        for default in context.module.mutable_defaults
    )


PARITY = Parity(
    name="mutable defaults",
    codes={"B006": ("TY04",)},
    exemptions=(
        Exemption("TY04", "those of functions without a body", _has_no_body),
        Exemption(
            "TY04", "only read and annotated as what cannot be changed", _is_read_and_protected
        ),
    ),
    fewest={"B006": 3},
)
