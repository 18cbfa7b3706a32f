"""What the style page shows: the tokens as tokens.css has them, and samples of every state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django import forms

from dashboard.charts.sparkline import Moment

TOKENS: Final = Path(__file__).resolve().parent / "static" / "tokens.css"
_TOKEN: Final = re.compile(r"(?:^|[{;])\s*(--[a-z0-9-]+):\s*([^;]+)", re.MULTILINE)
_COLOUR: Final = re.compile(r"light-dark\((oklch\([^)]*\)),\s*(oklch\([^)]*\))\)")
GRADES: Final = (96.4, 84.0, 74.0, 64.0, 31.0, None)
CHANGES: Final = (6.2, 0.3, 0.0, -0.3, -4.1, None)
FALLING: Final[tuple[Moment, ...]] = ((0, 88), (0.3, 87), (0.5, 89.5), (0.8, 84), (1, 79.4))
RISING: Final[tuple[Moment, ...]] = ((0, 61), (0.4, 66), (0.7, 65), (1, 74))
STEADY: Final[tuple[Moment, ...]] = ((0, 91), (1, 91.1))


@dataclass(frozen=True, slots=True)
class Colour:
    """A token that is a colour, with its value on paper and at night."""

    name: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Measure:
    """Any other token, and what it is set to."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens, in the order of the file."""

    colours: tuple[Colour, ...]
    measures: tuple[Measure, ...]

    @property
    def sizes(self) -> tuple[str, ...]:
        """The names of the sizes of type, small to large."""
        return tuple(one.name for one in self.measures if one.name.startswith("--t-"))


class SampleForm(forms.Form):
    """Every control: text with a hint, a choice, a switch, and a field that is wrong."""

    name = forms.CharField(help_text="As it is called on pages.", initial="payments")
    branch = forms.ChoiceField(choices=[("main", "main"), ("next", "next")], required=False)
    address = forms.URLField(assume_scheme="https")


def read_tokens(text: str) -> Tokens:
    """The tokens of a style sheet; where one is set twice, as it is set first."""
    first: dict[str, str] = {}
    for name, value in _TOKEN.findall(text):
        first.setdefault(name, value)
    colours = {name: _COLOUR.fullmatch(value) for name, value in first.items()}
    return Tokens(
        tuple(Colour(name, found[1], found[2]) for name, found in colours.items() if found),
        tuple(Measure(name, first[name]) for name, found in colours.items() if not found),
    )


def sparks() -> Sequence[tuple[str, Sequence[Moment]]]:
    """Lines for tables, by what they show."""
    return (("falls", FALLING), ("rises", RISING), ("steady", STEADY), ("one point", STEADY[-1:]))
