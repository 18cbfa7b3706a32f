"""Except handlers, read once for all rules: how broad they are and what becomes of the error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scanner.domain.facts import Handler
from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.calls import Deed, deed_of, words
from scanner.rules.fail_fast.places import keyed

_BROAD: Final = frozenset(
    {"Exception", "BaseException", "builtins.Exception", "builtins.BaseException"}
)
_CLOSING: Final = re.compile(
    r"_*(?:(?:force|safe|safely|try|maybe|do|async)_)?"
    r"(?:a?close|a?exit|del|shut_?[dD]own|stop|terminate|disconnect|quit|dispose|finali[sz]e"
    r"|clean_?[uU]p|tear_?[dD]own|release|kill)(?:_|[A-Z]|$)"
    r"|.*_(?:close|closed|shutdown|stop|terminate|disconnect|cleanup|teardown)(?:_all)?$"
)
SHORT: Final = 2  # statements in a try that asks one thing
_NEVER_FAILING: Final = frozenset({"__del__", "__exit__", "__aexit__", "__repr__", "__str__"})
_PREDICATE: Final = re.compile(
    r"_*(?:is|has|can|should|supports|verify|check|validate|allowed)(?:_|[A-Z]|$)"
)
_PROMISE: Final = re.compile(
    r"_*(?:safe|safely|try|maybe|best_effort|quiet|quietly|silent|silently|suppress|ignore|drop)(?:_|[A-Z])"
    r"|.*_(?:safe|safely|quietly|silently|or_none|or_default|if_possible)$"
)
_FOREIGN: Final = words(
    "repr str ascii hash iter isinstance issubclass callable copy.copy copy.deepcopy pickle.dumps "
    "pickle.loads inspect.isclass inspect.signature inspect.unwrap"
)
_CONVERSIONS: Final = _FOREIGN | words("int float bool len bytes")
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


def is_promised(symbol: str) -> bool:
    """Whether the name of a function says that it passes over errors."""
    return _PROMISE.match(symbol.rpartition(".")[2]) is not None


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
    def raises(self) -> bool:
        """Raised again, by itself or by what it calls."""
        return self.fact.raises or Deed.RAISED in self.deeds

    @property
    def goes_on(self) -> bool:
        """Neither raises, nor ends the program, nor hands the error on, nor keeps it."""
        fact = self.fact
        return not (
            self.raises
            or fact.keeps_error
            or fact.in_reraising_handler
            or Deed.ENDED in self.deeds
            or Deed.HANDED_ON in self.deeds
        )

    @property
    def is_told(self) -> bool:
        """Logged, printed or shown, or a failure is spoken of."""
        return Deed.TOLD in self.deeds or self.has_traceback or self.fact.says_failed

    @property
    def has_traceback(self) -> bool:
        """Told with the traceback."""
        return Deed.TRACEBACK in self.deeds

    @property
    def is_silent(self) -> bool:
        """Goes on, tells nobody, and makes no use of the error."""
        return self.goes_on and self.deeds <= {Deed.NOTHING} and not self.is_told

    @cached_property
    def is_closing(self) -> bool:
        """Met while something is closed."""
        return is_closing(self.fact.symbol, self.fact.tried)

    @property
    def asks_foreign_object(self) -> bool:
        """All that is tried runs methods of an object whose class may raise anything."""
        tried = self.fact.tried
        return bool(tried) and self.fact.tried_statements <= SHORT and _FOREIGN.issuperset(tried)

    @property
    def tries_a_look(self) -> bool:
        """One statement that reads or converts a value is tried: it can hide little."""
        return self.fact.tried_statements == 1 and _CONVERSIONS.issuperset(self.fact.tried)

    @property
    def is_promised(self) -> bool:
        """In a function whose name says that it passes over errors."""
        return is_promised(self.fact.symbol)

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
