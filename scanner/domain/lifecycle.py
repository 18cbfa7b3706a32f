"""What became of the findings between two scans, matched by fingerprint."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Fingerprints, each in the order in which its side named them."""

    new: tuple[str, ...]  # only after
    still_open: tuple[str, ...]  # on both sides
    fixed: tuple[str, ...]  # only before


def match(before: Iterable[str], after: Iterable[str]) -> Changes:
    """Compare the fingerprints that were open with those that are found now."""
    old, current = dict.fromkeys(before), dict.fromkeys(after)
    return Changes(
        new=tuple(each for each in current if each not in old),
        still_open=tuple(each for each in current if each in old),
        fixed=tuple(each for each in old if each not in current),
    )
