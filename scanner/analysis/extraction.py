"""Facts of one module in this very process, without a sandbox: for tests and for trusted text."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.application.ports import Facts
from scanner.child.measure import measure
from scanner.domain.facts import Unmeasured, decode


def module_facts(source: bytes) -> Facts:
    """What one parse by this interpreter says of a module."""
    return facts_of(measure(source))


def facts_of(answer: Sequence[object]) -> Facts:
    """The facts in one answer of the child.

    Raises TypeError, ValueError or LookupError for anything else.
    """
    match answer:
        case ["ok", list(row)]:
            return decode(row)
        case ["unmeasured", str(reason), int() | None as line, int(lines)]:
            return Unmeasured(reason, line, lines)
        case ["missing"]:
            return Unmeasured(MISSING, None, 0)
    raise ValueError("the analysis child answered out of turn")


MISSING = "not in the repository"
