"""A rule's page, read from the docstring of the rule's file.

One line that says what is wrong.

## What it finds
Paragraphs.

## Why it matters
Paragraphs.

## How to fix it
Paragraphs.

Bad:

    code

Good:

    code

## When to accept it
Paragraphs.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from functools import lru_cache
from textwrap import dedent
from typing import Final

SECTIONS: Final = ("What it finds", "Why it matters", "How to fix it", "When to accept it")
_HEADING: Final = re.compile(r"^## (.+)\n", re.MULTILINE)
_EXAMPLES: Final = re.compile(
    r"(?P<fix>.+)^Bad:\n(?P<bad>.+)^Good:\n(?P<good>.+)", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader is told of a rule. `bad` and `good` are code, the rest paragraphs of text."""

    summary: str
    finds: str
    why: str
    fix: str
    bad: str
    good: str
    accept: str


@lru_cache(maxsize=256)
def read_page(docstring: str) -> Page:
    """Take a page apart. Raises ValueError when a part is missing, twice there or empty."""
    first, *pieces = _HEADING.split(inspect.cleandoc(docstring) + "\n")
    headings, bodies = tuple(pieces[0::2]), pieces[1::2]
    if headings != SECTIONS:
        raise ValueError(f"a page has the sections {SECTIONS}; this one has {headings}")
    examples = _EXAMPLES.fullmatch(bodies[2])
    if examples is None:
        raise ValueError("how to fix it ends with a bad and a good example")
    page = Page(
        summary=_prose(first),
        finds=_prose(bodies[0]),
        why=_prose(bodies[1]),
        fix=_prose(examples["fix"]),
        bad=_code(examples["bad"]),
        good=_code(examples["good"]),
        accept=_prose(bodies[3]),
    )
    if not all((page.summary, page.finds, page.why, page.fix, page.accept)):
        raise ValueError("a page has no empty parts")
    return page


def _prose(body: str) -> str:
    """Paragraphs as single lines, a blank line between them."""
    return "\n\n".join(" ".join(part.split()) for part in body.strip().split("\n\n"))


def _code(body: str) -> str:
    lines = body.strip("\n").split("\n")
    if not all(line.startswith("    ") or not line.strip() for line in lines):
        raise ValueError("examples are indented by four spaces")
    return dedent("\n".join(lines)).strip("\n") + "\n"
