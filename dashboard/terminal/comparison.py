"""A comparison as text for a terminal, and as Markdown for a review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dashboard.terminal.verdict import down, printable
from scanner.application.comparison_record import ComparisonRecord, EffectRecord, StepRecord
from scanner.domain.scoring import grade

SHOWN: Final = 20
NAMED: Final = 3  # authors of one commit or week
LEAST: Final = 0.005  # points that are worth a line
NAMES: Final = {
    "new": "New findings",
    "fixed": "Fixed",
    "changed": "Changed",
    "accepted": "Accepted",
    "rubric": "Rubric",
    "structure": "Amount of code",
}


def as_text(compared: ComparisonRecord) -> str:
    """The whole text, ending in a newline."""
    told = [_sentence(compared), "", *_waterfall(compared), *_list(compared), *_commits(compared)]
    return "\n".join(told) + "\n"


def as_markdown(compared: ComparisonRecord) -> str:
    """The same as Markdown, ending in a newline."""
    rows = [f"| {NAMES[kind]} | {points:+.2f} |" for kind, points in _told(compared)]
    parts = ["", "| What | Points |", "|---|---:|", *rows] if rows else []
    shown = [each for each in compared.effects if abs(each.effect) >= LEAST][:SHOWN]
    lines = [f"- {each.effect:+.2f} {_code(each)}: {_plain(each.message)}" for each in shown]
    steps = [
        f"- {each.points:+.2f} {_ticked(each.commit[:8])} {_plain(each.subject)}, "
        f"{_plain(authors(each))}"
        for each in _movers(compared)
    ]
    told = [f"**{_plain(_sentence(compared))}**", *parts, "", *lines, "", *steps]
    return "\n".join(told).rstrip() + "\n"


def authors(step: StepRecord) -> str:
    """Who wrote the commits of a step, in the order of time; of many the first."""
    named, more = step.authors[:NAMED], len(step.authors) - NAMED
    return ", ".join(named) + (f" and {more} more" if more > 0 else "")


def _sentence(compared: ComparisonRecord) -> str:
    moved, score = compared.moved, compared.after.score
    before, after = compared.before.commit[:8], compared.after.commit[:8]
    end = f"{down(score)} ({grade(score)})"
    name = printable(compared.name)
    if abs(moved) < LEAST:
        return f"{name} stays at {end} from {before} to {after}"
    verb = "rises" if moved > 0 else "falls"
    start = down(compared.before.score)
    return f"{name} {verb} from {start} to {end}, {moved:+.2f}, {before} to {after}"


def _told(compared: ComparisonRecord) -> Iterator[tuple[str, float]]:
    for kind, points in compared.parts.items():
        if abs(points) >= LEAST:
            yield kind, points


def _waterfall(compared: ComparisonRecord) -> Iterator[str]:
    for kind, points in _told(compared):
        yield f"  {NAMES[kind]:<16} {points:+7.2f}"


def _list(compared: ComparisonRecord) -> Iterator[str]:
    effects = [each for each in compared.effects if abs(each.effect) >= LEAST]
    if effects:
        yield ""
        yield f"What moved it ({min(SHOWN, len(effects))} of {len(effects):,}):"
    for each in effects[:SHOWN]:
        place = printable(f"{each.path}:{each.line}")
        yield f"  {each.effect:+6.2f}  {each.kind:<8} {each.rule}  {place}"
        yield f"          {printable(each.message)}"


def _commits(compared: ComparisonRecord) -> Iterator[str]:
    steps = _movers(compared)
    if steps:
        yield ""
        yield "Commits that moved it:"
    for each in steps:
        back = "taken back: " if each.is_back else ""
        yield f"  {each.points:+6.2f}  {each.commit[:8]}  {back}{printable(each.subject)}"
        yield f"          {printable(authors(each))}"


def _movers(compared: ComparisonRecord) -> list[StepRecord]:
    """The commits that moved the score most, in the order of time."""
    moved = [each for each in compared.steps if abs(each.points) >= LEAST]
    most = sorted(moved, key=lambda each: -abs(each.points))[:SHOWN]
    return [each for each in moved if each in most]


def _code(effect: EffectRecord) -> str:
    return f"{effect.kind} {effect.rule} {_ticked(f'{effect.path}:{effect.line}')}"


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
