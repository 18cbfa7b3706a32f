"""Every rule is complete: a page, a name, examples that offend and examples that do not."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from scanner.domain.errors import UserError
from scanner.domain.rubric import KEYS
from scanner.rules.catalogue import CATALOGUE, PRINCIPLE_OF, PRINCIPLES, RULES, read_rubric
from scanner.rules.pages import read_page
from scanner.rules.records import Rule

TESTS = Path(__file__).parent


def test_principles_stand_in_the_order_of_the_rubric() -> None:
    assert list(PRINCIPLES) == [key for key in KEYS if key in PRINCIPLES]
    assert set(PRINCIPLES) >= {"file-size", "complexity", "typing", "layering", "fail-fast"}


def test_codes_and_names_are_unique() -> None:
    rules = [rule for entry in CATALOGUE for rule in entry.rules]
    assert len(rules) == len(RULES) == len(PRINCIPLE_OF)
    assert len({rule.name for rule in rules}) == len(rules)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
class TestEachRule:
    """What is asked of every rule."""

    def test_it_has_a_code_a_name_an_effort_and_one_judge(self, rule: Rule) -> None:
        assert re.fullmatch(r"[A-Z]{2}[0-9]{2}", rule.code)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
        assert rule.effort > 0
        assert (rule.module is None) != (rule.survey is None)

    def test_its_page_is_complete_and_its_good_example_is_python(self, rule: Rule) -> None:
        page = read_page(rule.page)
        assert page.summary.endswith(".")
        for code in (page.bad, page.good):
            ast.parse(code)
        assert page.bad != page.good

    def test_its_file_is_named_after_it(self, rule: Rule) -> None:
        judge = rule.module or rule.survey
        module = inspect.getmodule(judge)
        assert module is not None
        assert module.__name__.rpartition(".")[2] == rule.name.replace("-", "_")

    def test_its_tests_mark_what_offends(self, rule: Rule) -> None:
        judge = inspect.getmodule(rule.module or rule.survey)
        assert judge is not None
        folder = judge.__name__.split(".")[-2]
        module = TESTS / folder / f"test_{rule.name.replace('-', '_')}.py"
        assert module.exists(), f"{rule.code} has no test"
        tests = [
            ast.unparse(node)
            for node in ast.parse(module.read_text(encoding="utf-8")).body
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        ]
        assert any("# offends" in test for test in tests)
        assert any("# offends" not in test and rule.code in test for test in tests)


@pytest.mark.parametrize("principle", PRINCIPLES.values(), ids=lambda principle: principle.key)
class TestEachPrinciple:
    """What is asked of every principle."""

    def test_it_says_what_it_counts_and_why(self, principle: object) -> None:
        assert getattr(principle, "title", "")
        assert getattr(principle, "unit", "")
        assert str(getattr(principle, "why", "")).endswith(".")


def test_a_rubric_switches_off_only_rules_that_exist() -> None:
    assert read_rubric(b'[rules]\noff = ["TY05"]').rules_off == {"TY05"}
    with pytest.raises(UserError, match="there is no rule ZZ99"):
        read_rubric(b'[rules]\noff = ["ZZ99", "TY05"]')
