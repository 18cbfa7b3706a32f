"""The page of all rules, as `manage.py rules_page` prints it."""

from __future__ import annotations

import re

import pytest

from dashboard.rules_page import rules_page
from scanner.rules.catalogue import PRINCIPLES, RULES
from scanner.rules.records import Rule


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
