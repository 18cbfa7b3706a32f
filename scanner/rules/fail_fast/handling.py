"""Except handlers, read once for all rules: how broad they are and what becomes of the error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scanner.domain.facts import Handler
from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.calls import Deed, deed_of
from scanner.rules.fail_fast.places import keyed

_BROAD: Final = frozenset(
    {"Exception", "BaseException", "builtins.Exception", "builtins.BaseException"}
)
_CLOSING: Final = re.compile(
    r"_*(?:a?close|a?exit|del|shut_?[dD]own|stop|terminate|disconnect|quit|dispose|finali[sz]e"
    r"|clean_?[uU]p|tear_?[dD]own|release|kill)(?:_|[A-Z]|$)"
    r"|.*_(?:close|closed|shutdown|stop|terminate|disconnect|cleanup|teardown)(?:_all)?$"
)
_NEVER_FAILING: Final = frozenset({"__del__", "__exit__", "__aexit__", "__repr__", "__str__"})
_PREDICATE: Final = re.compile(
    r"_*(?:is|has|can|should|supports|verify|check|validate|allowed)(?:_|[A-Z]|$)"
)
_MUTE: Final = frozenset({Deed.NOTHING, Deed.FORMATTED})


def is_broad(types: Iterable[str]) -> bool:
    """Whether one of the types is Exception or BaseException."""
    return not _BROAD.isdisjoint(types)


def is_closing(symbol: str, tried: Sequence[str]) -> bool:
    """Whether errors are met while something is closed: in such a function, or closing is all.

    Also in `__repr__` and `__str__`, which must never fail.
    """
    name = symbol.rpartition(".")[2]
    if name in _NEVER_FAILING or _CLOSING.match(name):
        return True
    return bool(tried) and all(_CLOSING.match(call.rpartition(".")[2]) for call in tried)


@dataclass(frozen=True)
class Handling:
    """One except clause and what it does with the error."""

    fact: Handler
    site: str
    deeds: frozenset[Deed]
    names_error: bool  # what it tells holds the error

    @property
    def is_bare(self) -> bool:
        """`except:` without a type."""
        return not self.fact.types

    @cached_property
    def is_broad(self) -> bool:
        """Catches everything: bare, Exception or BaseException."""
        return self.is_bare or is_broad(self.fact.types)

    @property
    def goes_on(self) -> bool:
        """Neither raises, nor ends the program, nor hands the error on, nor keeps it."""
        fact = self.fact
        return not (
            fact.raises
            or fact.keeps_error
            or fact.in_reraising_handler
            or Deed.ENDED in self.deeds
            or Deed.HANDED_ON in self.deeds
        )

    @property
    def is_told(self) -> bool:
        """Logged, printed or shown."""
        return Deed.TOLD in self.deeds or self.has_traceback

    @property
    def has_traceback(self) -> bool:
        """Told with the traceback."""
        return Deed.TRACEBACK in self.deeds

    @property
    def is_silent(self) -> bool:
        """Goes on, tells nobody, and makes no use of the error."""
        return self.goes_on and self.deeds <= {Deed.NOTHING}

    @cached_property
    def is_closing(self) -> bool:
        """Met while something is closed."""
        return is_closing(self.fact.symbol, self.fact.tried)

    @property
    def is_predicate(self) -> bool:
        """In a function that answers yes or no, and the answer here is a constant."""
        name = self.fact.symbol.rpartition(".")[2]
        return self.fact.shape == "return-constant" and _PREDICATE.match(name) is not None


def handlings(context: ModuleContext) -> tuple[Handling, ...]:
    """The except clauses of a module, in the order of their lines."""
    return tuple(_handling(site, fact) for site, fact in keyed("handler", context.module.handlers))


def _handling(site: str, fact: Handler) -> Handling:
    deeds = [(deed_of(call), call.takes_error) for call in fact.calls]
    told = (takes for deed, takes in deeds if deed in (Deed.TOLD, Deed.FORMATTED))
    return Handling(fact, site, frozenset(deed for deed, _ in deeds), any(told))
