"""docs/rules.md, made from the catalogue."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Final

from scanner.rules.catalogue import CATALOGUE, RULES, Entry
from scanner.rules.pages import read_page
from scanner.rules.records import Rule

_HEAD: Final = """\
# Rules

Every rule: what it finds and what that costs, why it matters, how to fix it, how long that takes,
and when it is right to accept it. Costs are in the unit of the rule's principle;
[How scores work](scoring.md) tells what becomes of them. In the dashboard the same pages stand
under *Rubric*; at a terminal `manage.py score --explain CODE` prints one.

This page is made by `make docs` from the rules themselves, in `scanner/rules`.
"""
_CODE: Final = re.compile(r"(`[^`]+`)")
_MARKUP: Final = re.compile(r"([\\*_<>\[\]|#])")


def rules_page(codes: Collection[str] = RULES) -> str:
    """The page in Markdown, of these rules alone."""
    told = list(_told(codes))
    parts = [_HEAD]
    parts += chain.from_iterable(map(_index, told))
    parts += chain.from_iterable(_entry(rule) for entry in told for rule in entry.rules)
    return "".join(parts)


def _told(codes: Collection[str]) -> Iterator[Entry]:
    """The principles that have one of these rules, with no others."""
    for entry in CATALOGUE:
        rules = tuple(rule for rule in entry.rules if rule.code in codes)
        if rules:
            yield Entry(entry.principle, rules)


def _index(entry: Entry) -> Iterator[str]:
    """A principle with its rules in a table."""
    principle = entry.principle
    yield f"\n## {principle.title}\n\n{_prose(principle.why)} Costs are in {principle.unit}.\n\n"
    yield "| Rule | What is wrong | A fix takes |\n| --- | --- | --- |\n"
    for rule in entry.rules:
        link = f"[{rule.code} {rule.name}](#{_anchor(rule)})"
        yield f"| {link} | {_prose(read_page(rule.page).summary)} | {rule.effort} min |\n"


def _entry(rule: Rule) -> Iterator[str]:
    page = read_page(rule.page)
    yield f"\n## {rule.code} {rule.name}\n\n{_prose(page.summary)}"
    yield f" A fix takes about {rule.effort} minutes.\n"
    yield f"\n**What it finds.** {_prose(page.finds)}\n"
    yield f"\n**Why it matters.** {_prose(page.why)}\n"
    yield f"\n**How to fix it.** {_prose(page.fix)}\n"
    yield f"\nBad:\n\n```python\n{page.bad}```\n"
    yield f"\nGood:\n\n```python\n{page.good}```\n"
    yield f"\n**When to accept it.** {_prose(page.accept)}\n"


def _anchor(rule: Rule) -> str:
    return f"{rule.code} {rule.name}".lower().replace(" ", "-")


def _prose(text: str) -> str:
    """Paragraphs with what Markdown would take for markup made plain, save code in backticks."""
    pieces = _CODE.split(text)
    return "".join(
        piece if rank % 2 else _MARKUP.sub(r"\\\1", piece) for rank, piece in enumerate(pieces)
    )
