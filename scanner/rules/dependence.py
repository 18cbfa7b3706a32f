"""Which principles judge otherwise by another rubric; of the others only the sums are weighed anew.

A weight, a rigour or a grace changes no finding. A limit changes the principles whose rules compare
with it, and a switch that of its rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from scanner.domain.rubric import Rubric
from scanner.domain.rubric_values import LIMIT_NOTES, LimitNote
from scanner.rules.catalogue import CATALOGUE, PRINCIPLE_OF, RULES, Entry


def judged_otherwise(before: Rubric, after: Rubric) -> frozenset[str]:
    """The keys of the principles whose findings may differ between two rubrics."""
    return _touched(before, after, LIMIT_NOTES, before.rules_off ^ after.rules_off)


def charged_otherwise(before: Rubric, after: Rubric) -> frozenset[str]:
    """Those of them whose costs may differ too, and with them scores."""
    switched = [code for code in before.rules_off ^ after.rules_off if not _is_advisory(code)]
    return _touched(before, after, [note for note in LIMIT_NOTES if note.is_scored], switched)


def _touched(
    before: Rubric, after: Rubric, notes: Iterable[LimitNote], switched: Iterable[str]
) -> frozenset[str]:
    found = {
        principle
        for note in notes
        if getattr(before.limits, note.name) != getattr(after.limits, note.name)
        for principle in note.readers
    }
    return frozenset(found | {PRINCIPLE_OF[code] for code in switched if code in PRINCIPLE_OF})


def _is_advisory(code: str) -> bool:
    return code in RULES and RULES[code].is_advisory


def entries_of(keys: Collection[str]) -> tuple[Entry, ...]:
    """Some principles with their rules, in order."""
    return tuple(entry for entry in CATALOGUE if entry.principle.key in keys)
