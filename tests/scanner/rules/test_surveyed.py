"""Surveys look at no more of modules than their principle says, or steps of a past would be missed.

A course judges all modules together again only where something differs that a survey may see.
"""

from __future__ import annotations

import pytest

from scanner.domain.facts import Module
from scanner.domain.project import ProjectFacts
from scanner.domain.scope import sort_out
from scanner.rules.catalogue import CATALOGUE, Entry
from scanner.rules.contexts import Survey
from scanner.rules.verdicts import SurveyVerdict, judge_survey
from tests.scanner.test_incremental import CONFIGS, PATHS, TEXTS, facts_of

SURVEYING = [entry for entry in CATALOGUE if entry.surveys]
PLACES = frozenset({"lines", "header"})  # where a message points to; and what is generated


class Guarded(Module):
    """A module of which only some fields may be looked at."""

    open_fields: frozenset[str] = PLACES

    def __getattribute__(self, name: str) -> object:
        if name in Module._fields and name not in type(self).open_fields:
            raise AssertionError(f"a survey looked at {name}")
        return super().__getattribute__(name)


def judged(entry: Entry, fields: frozenset[str], patch: pytest.MonkeyPatch) -> list[SurveyVerdict]:
    """What one principle says of trees of every shape that the laws know, guarded."""
    patch.setattr(Guarded, "open_fields", PLACES | fields)
    found = []
    for turn, config in enumerate(CONFIGS * 4):
        files = {path: TEXTS[(turn + at) % len(TEXTS)] for at, path in enumerate(PATHS)}
        scope = sort_out(facts_of(files), config)
        production, others = (
            {path: Guarded._make(module) for path, module in modules.items()}
            for modules in (scope.production, scope.others)
        )
        project = ProjectFacts(tuple(sorted(files)), config)
        found.append(judge_survey(Survey(project, production, others), [entry]))
    return found


@pytest.mark.parametrize("entry", SURVEYING, ids=lambda entry: entry.principle.key)
def test_a_survey_looks_at_what_its_principle_names(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(judged(entry, entry.surveyed, monkeypatch)) == 12


@pytest.mark.parametrize("key", ["layering", "testability"])
def test_the_guard_sees_who_looks_at_more(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (entry,) = [each for each in SURVEYING if each.principle.key == key]
    with pytest.raises(AssertionError, match="a survey looked at imports"):
        judged(entry, entry.surveyed - {"imports"}, monkeypatch)
