"""A rule's page as plain text for a terminal, and which rule is meant by what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from textwrap import fill, indent
from typing import Final

from scanner.domain.errors import UserError
from scanner.rules.catalogue import PRINCIPLE_OF, PRINCIPLES, RULES
from scanner.rules.pages import read_page
from scanner.rules.records import Rule

NARROWEST: Final = 40
WIDEST: Final = 100
NEAREST: Final = 3
_MARGIN: Final = "  "
_FIRM: Final = "\N{NO-BREAK SPACE}"
_CODE: Final = re.compile(r"`[^`]+`")
_ALIKE: Final = 0.5  # of 1: how like a name must be to be offered


def find_rule(asked: str) -> Rule:
    """The rule of this code or name, in any case.

    Raises UserError "rule.unknown", which offers the nearest ones.
    """
    typed = asked.strip().lower()
    for rule in RULES.values():
        if typed in (rule.code.lower(), rule.name):
            return rule
    shown = "".join(filter(str.isprintable, asked.strip()))[:40]
    if not shown:
        raise UserError("rule.unknown", "No rule was named.", f"Rules are {', '.join(RULES)}.")
    raise UserError(
        "rule.unknown",
        f"There is no rule {shown}.",
        f"The nearest are {', '.join(map(_named, _nearest(typed)))}.",
    )


def explanation(rule: Rule, width: int) -> str:
    """What the rule finds, why, how to mend it and when to accept it, ending in a newline."""
    return "\n".join(_lines(rule, max(NARROWEST, min(width, WIDEST)))) + "\n"


def _lines(rule: Rule, width: int) -> Iterator[str]:
    page = read_page(rule.page)
    principle = PRINCIPLES[PRINCIPLE_OF[rule.code]]
    yield f"{rule.code} {rule.name}"
    yield _wrapped(f"Principle: {principle.key}. A fix takes about {rule.effort} minutes.", width)
    yield ""
    yield _wrapped(page.summary, width)
    yield from _section("What it finds", page.finds, width)
    yield from _section("Why it matters", page.why, width)
    yield from _section("How to fix it", page.fix, width)
    yield from _example("Bad", page.bad)
    yield from _example("Good", page.good)
    yield from _section("When to accept it", page.accept, width)


def _section(title: str, text: str, width: int) -> Iterator[str]:
    yield ""
    yield title
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ""
        yield _wrapped(paragraph, width, _MARGIN)


def _wrapped(text: str, width: int, margin: str = "") -> str:
    """A paragraph in lines; code between backticks stays on one."""
    whole = _CODE.sub(lambda found: found.group().replace(" ", _FIRM), text)
    lines = fill(
        whole,
        width,
        initial_indent=margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return lines.replace(_FIRM, " ")


def _example(title: str, code: str) -> Iterator[str]:
    """Code is never wrapped: a broken line would no longer be the example."""
    yield ""
    yield f"{_MARGIN}{title}:"
    yield ""
    yield indent(code.rstrip("\n"), _MARGIN * 3)


def _nearest(typed: str) -> list[Rule]:
    """The rules most like what was typed: by code, and where a word was typed by name."""
    by_name = {rule.name: rule for rule in RULES.values()}
    close = [by_name[name] for name in get_close_matches(typed, by_name, NEAREST, _ALIKE)]
    by_code = {code.lower(): rule for code, rule in RULES.items()}
    close += [by_code[code] for code in get_close_matches(typed, by_code, NEAREST, 0.0)]
    return list(dict.fromkeys(close))[:NEAREST]


def _named(rule: Rule) -> str:
    return f"{rule.code} ({rule.name})"
