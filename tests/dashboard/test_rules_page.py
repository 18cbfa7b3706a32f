"""docs/rules.md tells each rule as its file does.

A rule that the page does not list yet is let pass until a release: a new rule is one file and its
test. What is listed must be true, and a release lists everything.
"""

from __future__ import annotations

import re

import pytest

from dashboard.config.environment import HOME
from dashboard.rules_page import rules_page
from scanner.rules.catalogue import PRINCIPLES, RULES
from scanner.rules.records import Rule

WRITTEN = (HOME / "docs" / "rules.md").read_text()
LISTED = re.findall(r"^## ([A-Z]{2}[0-9]{2}) ", WRITTEN, re.MULTILINE)


def is_released(changelog: str) -> bool:
    """Whether nothing has changed since the last release."""
    (unreleased,) = re.findall(r"^## \[Unreleased\]\n(.*?)^## \[", changelog, re.MULTILINE | re.S)
    return not unreleased.strip()


def test_what_is_listed_is_what_the_rules_say() -> None:
    assert set(LISTED) <= set(RULES), "run: make docs"
    assert rules_page(LISTED) == WRITTEN, "run: make docs"


def test_a_release_lists_every_rule() -> None:
    if is_released((HOME / "CHANGELOG.md").read_text()):
        assert set(LISTED) == set(RULES), "run: make docs"


@pytest.mark.parametrize(
    ("since", "released"), [("", True), ("\n", True), ("\n### Added\n\n- A rule.\n", False)]
)
def test_a_release_is_told_by_the_changelog(since: str, released: bool) -> None:
    assert is_released(f"# Changes\n\n## [Unreleased]\n{since}\n## [0.1.0] - x\n") is released


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_each_rule_is_told_whole(rule: Rule) -> None:
    code, name = rule.code, rule.name
    page = rules_page([code])

    assert f"| [{code} {name}](#{code.lower()}-{name}) |" in page
    assert page.count(f"\n## {code} {name}\n") == 1
    for part in ("What it finds", "Why it matters", "How to fix it", "When to accept it"):
        assert page.count(f"\n**{part}.** ") == 1
    assert page.count("```python\n") == 2
    assert f"about {rule.effort} minutes" in page


def test_principles_stand_in_the_order_of_the_rubric() -> None:
    titles = re.findall(r"^## (.+)$", rules_page(), re.MULTILINE)

    assert titles[: len(PRINCIPLES)] == [principle.title for principle in PRINCIPLES.values()]


def test_markup_is_text_outside_of_code() -> None:
    prose = re.sub(r"```.*?```|`[^`]+`", "", rules_page(["TY02"]), flags=re.DOTALL)

    assert not re.search(r"(?<!\\)[<>]", prose)
