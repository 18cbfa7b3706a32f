"""A comparison as text for a terminal, and as Markdown for a review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dashboard.terminal.verdict import down, printable
from scanner.application.comparing import Compared
from scanner.domain.comparison import Effect
from scanner.domain.scoring import grade

SHOWN: Final = 20
LEAST: Final = 0.005  # points that are worth a line
NAMES: Final = {
    "new": "New findings",
    "fixed": "Fixed",
    "changed": "Changed",
    "accepted": "Accepted",
    "rubric": "Rubric",
    "structure": "Amount of code",
}


def as_text(compared: Compared) -> str:
    """The whole text, ending in a newline."""
    return "\n".join([_sentence(compared), "", *_waterfall(compared), *_list(compared)]) + "\n"


def as_markdown(compared: Compared) -> str:
    """The same as Markdown, ending in a newline."""
    rows = [f"| {NAMES[kind]} | {points:+.2f} |" for kind, points in _told(compared)]
    parts = ["", "| What | Points |", "|---|---:|", *rows] if rows else []
    shown = [each for each in compared.comparison.effects if abs(each.points) >= LEAST][:SHOWN]
    lines = [
        f"- {each.points:+.2f} {_code(each)}: {_plain(each.finding.message)}" for each in shown
    ]
    return "\n".join([f"**{_plain(_sentence(compared))}**", *parts, "", *lines]).rstrip() + "\n"


def _sentence(compared: Compared) -> str:
    found = compared.comparison
    moved = found.score_to - found.score_from
    before, after = compared.before.commit[:8], compared.after.commit[:8]
    end = f"{down(found.score_to)} ({grade(found.score_to)})"
    name = printable(compared.name)
    if abs(moved) < LEAST:
        return f"{name} stays at {end} from {before} to {after}"
    verb = "rises" if moved > 0 else "falls"
    return (
        f"{name} {verb} from {down(found.score_from)} to {end}, {moved:+.2f}, {before} to {after}"
    )


def _told(compared: Compared) -> Iterator[tuple[str, float]]:
    for kind, points in compared.comparison.parts.items():
        if abs(points) >= LEAST:
            yield kind, points


def _waterfall(compared: Compared) -> Iterator[str]:
    for kind, points in _told(compared):
        yield f"  {NAMES[kind]:<16} {points:+7.2f}"


def _list(compared: Compared) -> Iterator[str]:
    effects = [each for each in compared.comparison.effects if abs(each.points) >= LEAST]
    if effects:
        yield ""
        yield f"What moved it ({min(SHOWN, len(effects))} of {len(effects):,}):"
    for each in effects[:SHOWN]:
        finding = each.finding
        place = printable(f"{finding.path}:{finding.line}")
        yield f"  {each.points:+6.2f}  {each.kind:<8} {finding.rule}  {place}"
        yield f"          {printable(finding.message)}"


def _code(effect: Effect) -> str:
    finding = effect.finding
    return f"{effect.kind} {finding.rule} {_ticked(f'{finding.path}:{finding.line}')}"


def _ticked(text: str) -> str:
    return f"`{printable(text).replace('`', chr(39))}`"


def _plain(text: str) -> str:
    """Text from a repository that Markdown shows and never obeys; code spans stay."""
    pieces = printable(text).split("`")
    return "`".join(
        piece
        if rank % 2
        else "".join(f"\\{char}" if char in "\\*_[]<>#|!~&" else char for char in piece)
        for rank, piece in enumerate(pieces)
    )
