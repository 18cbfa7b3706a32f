"""Facts of one module in this very process, without a sandbox: for tests and for trusted text."""

from __future__ import annotations

from scanner.child.extract import extract
from scanner.child.source import count_lines
from scanner.domain.facts import Module, Unmeasured, decode


def module_facts(source: bytes) -> Module | Unmeasured:
    """What one parse by this interpreter says of a module."""
    try:
        return decode(extract(source))
    except SyntaxError as error:
        return Unmeasured("syntax error", error.lineno, count_lines(source))
    except (RecursionError, MemoryError):
        return Unmeasured("too deeply nested", None, count_lines(source))
    except (ValueError, LookupError):
        return Unmeasured("not readable as Python source", None, count_lines(source))
