"""Real code with what our rules say of it: installed packages, or any folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from scanner.analysis.folder import FolderSource
from scanner.analysis.reader import SandboxedReader
from scanner.application.assess_tree import SUFFIXES
from scanner.application.configuration import Configuration
from scanner.application.ports import Facts
from scanner.assessment import module_contexts
from scanner.domain.facts import Module
from scanner.domain.project import ProjectFacts
from scanner.domain.rubric import DEFAULT
from scanner.domain.scope import Scope
from scanner.rules.catalogue import RULES
from scanner.rules.contexts import ModuleContext, Survey
from scanner.rules.offences import Offence
from tests.scanner.installed import FOLDER, PACKAGES, modules_of


@dataclass(frozen=True)
class Corpus:
    """A tree whose modules are all judged, tests and tools as well."""

    name: str
    folder: Path
    names: Sequence[str]  # what of the folder belongs to it
    facts: Mapping[str, Facts]  # by path below the folder, type stubs as well

    @cached_property
    def modules(self) -> Mapping[str, Module]:
        """The modules that were measured, by path."""
        return {
            path: facts
            for path, facts in self.facts.items()
            if isinstance(facts, Module) and path.endswith(".py")
        }

    @cached_property
    def contexts(self) -> Mapping[str, ModuleContext]:
        """What module rules are given, by path."""
        stubs = {
            path: facts
            for path, facts in self.facts.items()
            if isinstance(facts, Module) and path not in self.modules
        }
        return module_contexts(Scope(self.modules, stubs, (), ()), DEFAULT)

    @cached_property
    def survey(self) -> Survey:
        """What survey rules are given."""
        return Survey(ProjectFacts(tuple(sorted(self.facts))), self.modules)

    def found(self, code: str) -> Mapping[str, Sequence[Offence]]:
        """The offences of a rule, by path."""
        rule = RULES[code]
        if rule.module is not None:
            judge = rule.module
            return {path: tuple(judge(context)) for path, context in self.contexts.items()}
        found: dict[str, list[Offence]] = {}
        for offence in rule.survey(self.survey) if rule.survey is not None else ():
            found.setdefault(offence.path, []).append(offence)
        return found


@lru_cache(maxsize=1)
def installed() -> Corpus:
    """The packages that are installed beside the tests."""
    facts: dict[str, Facts] = {}
    for package in PACKAGES:
        facts.update(modules_of(package))
    return Corpus("installed packages", FOLDER, PACKAGES, facts)


def read_folder(path: Path) -> Corpus:
    """A folder as it lies there, read as a scan would read it."""
    settings = Configuration(data_dir=path)  # nothing is written there
    root = path.resolve()
    source = FolderSource(root, settings.limits)
    entries = [entry for entry in source.tree().entries if entry.path.endswith(SUFFIXES)]
    by_blob = SandboxedReader(settings).read(source, entries, lambda *_: None)
    facts = {entry.path: by_blob[entry.blob] for entry in entries}
    return Corpus(root.name, root, (".",), facts)
