"""The documents keep to the code: links, paths, commands, settings, figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from dashboard.config.environment import HOME, PREFIX, Environment
from dashboard.rules_page import rules_page
from scanner.domain.declared import LAYERS, read_declaration
from scanner.domain.rubric import DEFAULT
from scanner.rules.catalogue import CATALOGUE, RULES, read_rubric

RULES_PAGE = HOME / "docs" / "rules.md"  # its examples tell of other people's code
DOCUMENTS = [
    HOME / "README.md",
    HOME / "CHANGELOG.md",
    *sorted({*(HOME / "docs").glob("*.md")} - {RULES_PAGE}),
]
KNOWN = {PREFIX + name.upper() for name in Environment.model_fields}
NO_SETTINGS = {"CODEVITALS_TEST_DATABASE"}  # read by the tests alone

document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


@document
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text()):
        assert (path.parent / target).exists(), target


@document
def test_no_merge_is_left_half_done(path: Path) -> None:
    assert not re.search(r"^(<{7}|={7}|>{7})", path.read_text(), re.MULTILINE)


@document
def test_paths_of_the_code_exist(path: Path) -> None:
    for named in re.findall(r"`((?:scanner|dashboard|tests|docs)/[\w/.-]*)`", path.read_text()):
        assert (HOME / named).exists(), named


@document
def test_settings_that_are_named_exist(path: Path) -> None:
    named = set(re.findall(r"CODEVITALS_[A-Z_]*[A-Z]", path.read_text()))
    assert named - KNOWN <= NO_SETTINGS


@document
def test_commands_that_are_named_exist(path: Path) -> None:
    text = path.read_text()
    assert set(re.findall(r"manage\.py ([a-z][a-z_]+)", text)) <= {*get_commands(), "means"}
    targets = re.findall(r"^([.\w]+):", (HOME / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"`make ([.\w]+)", text)) <= set(targets)


def test_every_command_of_ours_is_in_the_readme() -> None:
    text = (HOME / "README.md").read_text()
    ours = {path.stem for path in (HOME / "dashboard/management/commands").glob("[a-z]*.py")}
    assert {name for name in ours if f"manage.py {name}" not in text} == set()


def test_the_figures_of_the_principles_are_those_of_the_rubric() -> None:
    text = (HOME / "docs" / "scoring.md").read_text()
    for principle in (entry.principle for entry in CATALOGUE):
        terms = next(each for each in DEFAULT.principles if each.key == principle.key)
        row = f"{principle.key} | {principle.unit} | {terms.weight:g}"
        assert f"| {row} | {terms.rigour:g} | {terms.grace:g} |" in text


def test_the_example_of_a_declaration_is_one() -> None:
    text = (HOME / "docs" / "scoring.md").read_text()
    example, _ = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    declared = read_declaration(example.encode())
    assert (declared.problems, declared.unknown_keys) == ((), ())
    assert tuple(layer for layer, _ in declared.layers) == LAYERS


def test_the_example_of_a_rubric_is_one() -> None:
    text = (HOME / "docs" / "scoring.md").read_text()
    _, example = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    rubric = read_rubric(example.encode())
    assert (rubric.limits.function_lines, rubric.rules_off) == (40, frozenset({"TY05"}))


def is_released(changelog: str) -> bool:
    """Whether nothing has changed since the last release."""
    (unreleased,) = re.findall(r"^## \[Unreleased\]\n(.*?)^## \[", changelog, re.MULTILINE | re.S)
    return not unreleased.strip()


def listed() -> list[str]:
    """The codes of the rules that docs/rules.md tells."""
    return re.findall(r"^## ([A-Z]{2}[0-9]{2}) ", RULES_PAGE.read_text(), re.MULTILINE)


def test_rules_are_told_as_their_files_do() -> None:
    """A rule that is not listed yet is let pass: a new one is a file and its test alone."""
    assert set(listed()) <= set(RULES), "run: make docs"
    assert rules_page(listed()) == RULES_PAGE.read_text(), "run: make docs"


def test_a_release_lists_every_rule() -> None:
    if is_released((HOME / "CHANGELOG.md").read_text()):
        assert set(listed()) == set(RULES), "run: make docs"


@pytest.mark.parametrize(
    ("since", "released"), [("", True), ("\n", True), ("\n### Added\n\n- A rule.\n", False)]
)
def test_a_release_is_told_by_the_changelog(since: str, released: bool) -> None:
    assert is_released(f"# Changes\n\n## [Unreleased]\n{since}\n## [0.1.0] - x\n") is released
