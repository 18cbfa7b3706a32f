"""Looks for rules by their code, their title and the words of their page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dashboard.names import principle_title, rule_title
from scanner.rules.catalogue import PRINCIPLE_OF, RULES
from scanner.rules.pages import read_page

_NOWHERE: Final = 4


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule that is looked for."""

    code: str
    title: str
    principle: str
    summary: str


def rule_of(text: str) -> str:
    """The code of the rule of exactly this code or name; "" where there is none."""
    if text.upper() in RULES:
        return text.upper()
    name = text.lower().replace(" ", "-")
    return next((rule.code for rule in RULES.values() if rule.name == name), "")


def rules_with(words: Sequence[str]) -> tuple[RuleHit, ...]:
    """Rules in which all words stand: in the code or title first, then in what the page says."""
    if not words:
        return ()
    ranked = [(max(_rank(code, word) for word in words), code) for code in RULES]
    return tuple(_hit(code) for rank, code in sorted(ranked) if rank < _NOWHERE)


def _rank(code: str, word: str) -> int:
    """How far from its title a rule has a word."""
    return next((rank for rank, text in enumerate(_texts(code)) if word in text), _NOWHERE)


@lru_cache(maxsize=256)
def _texts(code: str) -> tuple[str, ...]:
    """The texts of a rule in small letters, from its code to its whole page."""
    page, hit = read_page(RULES[code].page), _hit(code)
    parts = (page.summary, page.finds, page.why, page.fix, page.accept)
    names = f"{hit.title} {RULES[code].name} {hit.principle}"
    return tuple(text.lower() for text in (code, names, page.summary, " ".join(parts)))


@lru_cache(maxsize=256)
def _hit(code: str) -> RuleHit:
    summary = read_page(RULES[code].page).summary.replace("`", "")
    return RuleHit(code, rule_title(code), principle_title(PRINCIPLE_OF[code]), summary)
