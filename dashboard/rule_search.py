"""Looks for rules by their code, their title and the words of their page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from dashboard.names import principle_title, rule_title
from scanner.rules.catalogue import PRINCIPLE_OF, RULES
from scanner.rules.pages import read_page

_IN_PAGE: Final = 3
_NOWHERE: Final = 4
_SENTENCES: Final = re.compile(r"(?<=[.!?:]) ")


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule that is looked for."""

    code: str
    title: str
    principle: str
    summary: str
    excerpt: str = ""  # of its page, where a word stands in nothing of the above


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
    return tuple(
        replace(_hit(code), excerpt=_excerpt(code, words) if rank == _IN_PAGE else "")
        for rank, code in sorted(ranked)
        if rank < _NOWHERE
    )


def _rank(code: str, word: str) -> int:
    """How far from its title a rule has a word; in its page only words that begin so count."""
    texts = _texts(code)
    near = next((rank for rank, text in enumerate(texts[:_IN_PAGE]) if word in text), _NOWHERE)
    return _IN_PAGE if near == _NOWHERE and f" {word}" in texts[_IN_PAGE] else near


def _excerpt(code: str, words: Sequence[str]) -> str:
    """The first sentence of a rule's page with a word that stands nowhere nearer."""
    far = [word for word in words if _rank(code, word) == _IN_PAGE]
    sentences = _SENTENCES.split(_body(code))
    return next(
        (one for one in sentences if any(f" {word}" in f" {one.lower()}" for word in far)), ""
    )


def _body(code: str) -> str:
    """What a rule's page says below its summary, as one line."""
    page = read_page(RULES[code].page)
    return " ".join(f"{page.finds} {page.why} {page.fix} {page.accept}".replace("`", "").split())


@lru_cache(maxsize=256)
def _texts(code: str) -> tuple[str, ...]:
    """The texts of a rule in small letters, from its code to its whole page."""
    hit = _hit(code)
    names = f"{hit.title} {RULES[code].name} {hit.principle}"
    return tuple(text.lower() for text in (code, names, hit.summary, f" {_body(code)}"))


@lru_cache(maxsize=256)
def _hit(code: str) -> RuleHit:
    summary = read_page(RULES[code].page).summary.replace("`", "")
    return RuleHit(code, rule_title(code), principle_title(PRINCIPLE_OF[code]), summary)
