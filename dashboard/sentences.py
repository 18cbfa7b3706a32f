"""The sentence a page opens with, and other plain words about figures."""

from __future__ import annotations

from dashboard.charts.scale import floored, grade

STEADY_BELOW = 0.3  # points
PHASES = {
    "fetch": "Fetching",
    "tree": "Reading the tree",
    "facts": "Reading facts",
    "judge": "Judging",
    "save": "Saving",
}


def a_grade(score: float) -> str:
    """A grade with its article: "an A", "a B"."""
    letter = grade(score)
    return f"{'an' if letter in 'AF' else 'a'} {letter}"


def moved(change: float | None) -> str:
    """What a change amounts to: "up 1.2", "down 0.4", "steady"; nothing where it is unknown."""
    if change is None:
        return ""
    if abs(change) < STEADY_BELOW:
        return "steady"
    return f"{'up' if change > 0 else 'down'} {abs(change):.1f}"


def standing(name: str, score: float, change: float | None, since: str) -> str:
    """ "Orders is a C, down 2.4 since the previous scan."."""
    how = moved(change)
    if not how:
        return f"{name} is {a_grade(score)}."
    joint = " and" if how == "steady" else ","
    return f"{name} is {a_grade(score)}{joint} {how} {since}."


def phase(name: str, done: int, total: int) -> str:
    """Where a running scan stands: "Reading facts, 1,184 of 1,906 files"."""
    words = PHASES.get(name, "Starting")
    if name == "facts" and total:
        return f"{words}, {done:,} of {total:,} files"
    return words


def score_words(score: float | None) -> str:
    """A score with its grade for an accessible name: "81.2, grade B"."""
    return "no score" if score is None else f"{floored(score)}, grade {grade(score)}"


def size(amount: int) -> str:
    """Bytes for people: "812 B", "1.4 MB", "20.3 GB"."""
    if amount < 1_000:
        return f"{amount} B"
    for unit, scale in (("kB", 1e3), ("MB", 1e6)):
        if amount < 999.95 * scale:
            return f"{amount / scale:.1f} {unit}"
    return f"{amount / 1e9:,.1f} GB"
