"""Rewriting loses nothing: old modules in newer syntax give their own facts back."""

from __future__ import annotations

import sys
from collections import Counter

import pytest

from scanner.analysis.extraction import facts_of
from scanner.analysis.rewriting_child.work import read
from scanner.domain.facts import Module
from tests.scanner.installed import FOLDER, modules_of
from tests.scanner.rewriting.modernising import (
    DEFAULTS,
    KINDS,
    PARAMETERS,
    Modernised,
    modernise,
)

USUAL = frozenset({PARAMETERS, DEFAULTS})  # every module with a function has room for them
PACKAGES = ("gunicorn", "hypothesis", "pydantic")  # together they have room for every kind
FEWEST = 10
SHARE = 8


@pytest.fixture(scope="module")
def modernised() -> dict[str, tuple[Module, Modernised]]:
    """Facts of the originals and newer sources by path: all rare kinds, and a share of the rest."""
    found: dict[str, tuple[Module, Modernised]] = {}
    for package in PACKAGES:
        for number, (path, facts) in enumerate(modules_of(package).items()):
            newer = modernise((FOLDER / path).read_bytes())
            if newer.counts.keys() - USUAL or (newer.counts and number % SHARE == 0):
                found[path] = (facts, newer)
    return found


def test_every_kind_is_exercised(modernised: dict[str, tuple[Module, Modernised]]) -> None:
    counts = sum((newer.counts for _, newer in modernised.values()), Counter[str]())
    lines = [f"{counts[kind]:8,} {kind}" for kind in KINDS]
    sys.stdout.write("\n".join(["", f"{len(modernised):,} modules modernised", *lines, ""]))
    assert len(modernised) > 10 * FEWEST
    assert [kind for kind in KINDS if counts[kind] < FEWEST] == []


def test_facts_are_those_of_the_originals(modernised: dict[str, tuple[Module, Modernised]]) -> None:
    different = []
    for path, (facts, newer) in modernised.items():
        found = facts_of(read(newer.source))
        if not isinstance(found, Module) or found._replace(rewritten=()) != facts:
            different.append(path)
    assert different == []
