"""Which modules are scored, and why the others are not.

Every module that is left out is listed with one of the reasons in `scanner.domain.scope_names`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from scanner.domain.facts import Module, Unmeasured
from scanner.domain.findings import Excluded, UnmeasuredFile
from scanner.domain.globs import matches_any
from scanner.domain.project import ProjectConfig
from scanner.domain.scope_names import (
    CONFIGURED,
    FOLDERS,
    GENERATED,
    GENERATED_FILE,
    GENERATED_HEADER,
    MIGRATION,
    SOURCE_FOLDERS,
    STUB,
    TEMPLATE,
    TEST,
    TEST_FILE,
    TOOL_FILES,
    TOOL_FOLDERS,
    TOOLING,
)

FOLDERS_KEPT: Final = 20_000
"""Folders of which is remembered what their names say; a walk asks of each many times."""

FEWEST_TESTS: Final = 3
"""Test files in a top-level folder that counts as tests by its contents."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The modules of a tree, told apart. Mappings are in the order of their paths."""

    production: Mapping[str, Module]
    others: Mapping[str, Module]  # measured but left out: tests, stubs, docs, ...
    excluded: tuple[Excluded, ...]
    unmeasured: tuple[UnmeasuredFile, ...]


def sort_out(modules: Mapping[str, Module | Unmeasured], config: ProjectConfig) -> Scope:
    """Decide for each module whether it is production code."""
    production: dict[str, Module] = {}
    others: dict[str, Module] = {}
    excluded: list[Excluded] = []
    unmeasured: list[UnmeasuredFile] = []
    layout = Layout.of(modules, config)
    for path in sorted(modules):
        facts = modules[path]
        reason = layout.reason(path, facts)
        if reason:
            excluded.append(Excluded(path, reason))
            if isinstance(facts, Module):
                others[path] = facts
        elif isinstance(facts, Module):
            production[path] = facts
        else:
            unmeasured.append(UnmeasuredFile(path, facts.reason, facts.line, facts.lines))
    return Scope(production, others, tuple(excluded), tuple(unmeasured))


@dataclass(frozen=True, slots=True)
class Layout:
    """What the paths of a whole tree say about any one of them."""

    packages: frozenset[str]  # folders with an __init__
    test_folders: frozenset[str]  # top-level folders that hold mostly tests
    config: ProjectConfig

    @classmethod
    def of(cls, paths: Iterable[str], config: ProjectConfig) -> Layout:
        """Read the layout off the paths of all modules."""
        paths = tuple(paths)
        packages = {
            folder
            for folder, _, name in map(_parted, paths)
            if name in ("__init__.py", "__init__.pyi")
        }
        return cls(frozenset(packages), frozenset(_folders_of_tests(paths)), config)

    def reason(self, path: str, facts: Module | Unmeasured) -> str:
        """Why a module is left out, or nothing."""
        folder, _, name = _parted(path)
        folders = folder.split("/") if folder else []
        return _by_folder(folder) or _by_name(name) or self._by_layout(path, folders, name, facts)

    def _by_layout(
        self, path: str, folders: list[str], name: str, facts: Module | Unmeasured
    ) -> str:
        """The reasons that need more than a folder's or a file's name, the first that holds."""
        reasons = (
            (MIGRATION, _is_alembic(folders, name)),
            (TEST, bool(folders) and folders[0] in self.test_folders),
            (GENERATED, _is_generated(facts)),
            (TEMPLATE, "{{" in path or "cookiecutter" in "/".join(folders)),
            (TOOLING, self._is_tooling(path, folders, name)),
            (CONFIGURED, matches_any(path, self.config.exclude)),
            (STUB, name.endswith(".pyi")),
        )
        return next((reason for reason, holds in reasons if holds), "")

    def _is_tooling(self, path: str, folders: list[str], name: str) -> bool:
        if name == "setup.py" or any(folder.startswith(".") for folder in folders):
            return True
        if any(root and path.startswith(f"{root}/") for root in self.config.source_roots):
            return False
        if not folders:
            return name in TOOL_FILES
        return folders[0].lower() in TOOL_FOLDERS and folders[0] not in self.packages


def is_left_out(path: str) -> bool:
    """Whether a module is left out by the names of its folders or its own, whatever it holds."""
    folder, _, name = _parted(path)
    return bool(_by_folder(folder) or _by_name(name))


def is_beside_production(path: str) -> bool:
    """Whether a file of any kind lies in a folder of tests, documents, examples or tooling."""
    folder, _, _ = _parted(path)
    return bool(_by_folder(folder)) or any(part.startswith(".") for part in folder.split("/"))


def _parted(path: str) -> tuple[str, str, str]:
    return path.rpartition("/")


@lru_cache(maxsize=FOLDERS_KEPT)
def _by_folder(folder: str) -> str:
    named = {part.lower() for part in folder.split("/")}
    for reason, names in FOLDERS.items():
        if not named.isdisjoint(names):
            # A test folder wins wherever it stands; see the order of the table.
            return reason
    return ""


def _by_name(name: str) -> str:
    if TEST_FILE.fullmatch(name):
        return TEST
    return GENERATED if GENERATED_FILE.fullmatch(name) else ""


def _is_alembic(folders: list[str], name: str) -> bool:
    """Whether a module is a revision of Alembic's, or the script that runs them."""
    if name == "env.py" and folders[-1:] == ["alembic"]:
        return True
    return "versions" in folders and any(
        "alembic" in folder or "migration" in folder for folder in folders
    )


def _is_generated(facts: Module | Unmeasured) -> bool:
    return isinstance(facts, Module) and bool(GENERATED_HEADER.search(facts.header))


def _folders_of_tests(paths: Iterable[str]) -> Iterator[str]:
    """Top-level folders in which at least half the files, and at least three, are tests."""
    files: Counter[str] = Counter()
    tests: Counter[str] = Counter()
    for path in paths:
        top, _, rest = path.partition("/")
        name = rest.rpartition("/")[2]
        if not rest.endswith(".py") or _by_folder(_parted(path)[0]) == TEST:
            continue
        files[top] += name != "__init__.py"
        tests[top] += bool(TEST_FILE.fullmatch(name))
    for top, count in tests.items():
        if count >= FEWEST_TESTS and 2 * count >= files[top] and top not in SOURCE_FOLDERS:
            yield top
