"""A comparison with ruff: which of its codes our rules stand for, and what they let pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Offence


class Site(NamedTuple):
    """A place that ruff names. Lines and columns are counted from 1."""

    path: str
    line: int
    column: int
    end_line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why a site that ruff names is not found, in words of the rule's own page.

    `said` must stand in what the page of `rule` says it finds.
    """

    rule: str
    said: str
    holds: Callable[[ModuleContext, Site], bool]


def on_its_line(context: ModuleContext, offence: Offence, site: Site) -> bool:
    """Whether an offence stands on the line that ruff names."""
    return offence.line == site.line


@dataclass(frozen=True, slots=True)
class Parity:
    """One area of comparison.

    `codes` holds for each of ruff's codes the rules of which one must find the site; `exemptions`
    are tried in turn where none does. `fewest` says how many sites of a code the installed
    packages must bring, so that a comparison of nothing is no success.
    """

    name: str
    codes: Mapping[str, tuple[str, ...]]
    exemptions: tuple[Exemption, ...] = ()
    fewest: Mapping[str, int] = field(default_factory=dict)
    finds: Callable[[ModuleContext, Offence, Site], bool] = on_its_line
    options: tuple[str, ...] = ()  # of ruff: "--config", "lint...."
