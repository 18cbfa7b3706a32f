"""Facts of small modules that tests write as text."""

from __future__ import annotations

from textwrap import dedent

from scanner.analysis.extraction import module_facts
from scanner.domain.facts import Function, Handler, Module


def facts(source: str) -> Module:
    """What is measured of a module; a leading line end and the common indent are dropped."""
    found = module_facts(dedent(source).lstrip("\n").encode())
    assert isinstance(found, Module)
    return found


def function(source: str, name: str = "f") -> Function:
    """One function of a module, by its qualified name."""
    return next(each for each in facts(source).functions if each.name == name)


def handler(source: str) -> Handler:
    """The only handler of a module."""
    (found,) = facts(source).handlers
    return found
