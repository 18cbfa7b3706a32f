"""Facts of small modules in newer syntax, read through rewriting."""

from __future__ import annotations

from textwrap import dedent

from scanner.analysis.extraction import facts_of, module_facts
from scanner.analysis.rewriting_child.work import read
from scanner.application.ports import Facts
from scanner.domain.facts import Module


def rewritten(text: str) -> Facts:
    """What the second kind of child says of a module."""
    return facts_of(read(_source(text)))


def plain(text: str) -> Facts:
    """What the first kind says."""
    return module_facts(_source(text))


def without_mark(facts: Facts) -> Facts:
    """The facts as they are of a module that needed no rewriting."""
    return facts._replace(rewritten=()) if isinstance(facts, Module) else facts


def _source(text: str) -> bytes:
    return dedent(text).lstrip("\n").encode()
