"""`manage.py score --explain`: a rule's page at a terminal."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from dashboard.terminal.explanation import explanation, find_rule
from scanner.domain.errors import UserError
from scanner.rules.catalogue import RULES
from scanner.rules.pages import read_page
from scanner.rules.records import Rule


def explain(*arguments: str) -> tuple[object, str, str]:
    """Status, output and errors of the command."""
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("score", *arguments, stdout=out, stderr=err, no_color=True)
    return ended.value.code, out.getvalue(), err.getvalue()


def test_it_works_without_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")

    status, out, err = explain("--explain", "LA01")

    assert (status, err) == (0, "")
    assert out == explanation(RULES["LA01"], 60)


@pytest.mark.parametrize("asked", ["FF01", "ff01", " FF01 ", "silent-except", "Silent-Except"])
def test_code_and_name_will_do(asked: str) -> None:
    assert find_rule(asked).code == "FF01"


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [("FF99", "FF0"), ("LA1", "LA01"), ("silent-exept", "FF01 (silent-except)"), ("zz", "")],
)
def test_an_unknown_rule_is_refused_with_the_nearest(asked: str, nearest: str) -> None:
    status, out, err = explain("--explain", asked)

    assert (status, out) == (2, "")
    assert err.startswith(f"There is no rule {asked}. The nearest are ")
    assert nearest in err


def test_no_rule_at_all_is_refused_with_all_of_them() -> None:
    with pytest.raises(UserError) as refused:
        find_rule(" ")
    assert all(code in refused.value.next_step for code in RULES)


def test_what_was_typed_is_shown_without_what_moves_a_cursor() -> None:
    with pytest.raises(UserError, match=r"no rule \[2Jx{37}\.") as refused:
        find_rule("\x1b[2J" + "x" * 90)
    assert refused.value.code == "rule.unknown"


def test_without_a_source_nothing_is_scored() -> None:
    status, out, err = explain()

    assert (status, out) == (2, "")
    assert "Nothing was named to be scored" in err


@pytest.mark.parametrize("width", [10, 72, 500])
@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_each_page_is_whole_and_fits(rule: Rule, width: int) -> None:
    text = explanation(rule, width)
    page = read_page(rule.page)

    words = " ".join(text.split())
    for part in (page.summary, page.finds, page.why, page.fix, page.accept):
        assert " ".join(part.split()) in words
    for example in (page.bad, page.good):
        assert all(line in text for line in example.splitlines())
    prose = [line for line in text.splitlines() if not line.startswith("      ")]
    longest = max(40, min(width, 100))
    # Code between backticks is never broken, so it alone may be longer.
    assert all(len(line) <= longest or "`" in line for line in prose)
