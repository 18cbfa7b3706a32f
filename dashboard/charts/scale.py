"""The scale of scores: grade limits, and figures as every page prints them."""

from __future__ import annotations

import math
from typing import Final

from scanner.domain import scoring

GRADES: Final = "".join(letter for letter, _ in scoring.GRADES)
GRADE_LIMITS: Final = tuple((letter, int(limit)) for letter, limit in scoring.GRADES if limit > 0)
"""The lowest score of each grade that has one, best first."""

MINUS: Final = "\N{MINUS SIGN}"
DASH: Final = "\N{EN DASH}"
QUIET_BELOW: Final = 0.5  # points: a smaller change is noise and takes no colour


def grade(score: float) -> str:
    """The letter of a score from 0 to 100."""
    return scoring.grade(score)


def grade_class(score: float | None) -> str:
    """The CSS class that sets the three colours of a grade; `g-n` where there is no score."""
    return "g-n" if score is None else f"g-{grade(score).lower()}"


def floored(value: float, places: int = 1) -> str:
    """A score as shown: rounded down, so that 89.97 never reads as an A."""
    step = 10**places
    return f"{math.floor(value * step) / step:,.{places}f}".replace("-", MINUS)


def shown_change(now: float, then: float) -> float:
    """The difference of two scores as shown, so that it agrees with the figures beside it."""
    return round(math.floor(now * 10) / 10 - math.floor(then * 10) / 10, 1)


def signed(value: float, places: int = 1) -> str:
    """A change with its sign; what rounds to nothing has none."""
    text = f"{abs(value):,.{places}f}"
    if not any(digit in text for digit in "123456789"):
        return text
    return ("+" if value > 0 else MINUS) + text
