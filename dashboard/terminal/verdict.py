"""One assessment as text: the verdict, the principles, what costs most."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Final

from scanner.domain.findings import Assessment, Finding, PrincipleScore

SHOWN: Final = 20
BAR: Final = 20


def verdict(assessment: Assessment, name: str) -> str:
    """The whole text, ending in a newline."""
    parts = [
        *_headline(assessment, name),
        "",
        *map(_principle, assessment.principles),
        *_findings(assessment),
        *_left_out(assessment),
        *(f"Note: {printable(notice)}" for notice in assessment.notices),
        *(
            f"Note: {printable(f'{each.path}:{each.line} {each.why}')}."
            for each in assessment.uncounted
        ),
    ]
    return "\n".join(parts) + "\n"


def down(score: float, digits: int = 1) -> str:
    """A score rounded down, so that 89.96 never reads as a 90."""
    scale = 10**digits
    return f"{math.floor(score * scale + 1e-9) / scale:.{digits}f}"


def printable(text: str) -> str:
    """Text from a repository with control, bidi and format characters made visible."""
    return "".join(
        char if unicodedata.category(char)[0] != "C" else f"\\u{ord(char):04x}" for char in text
    )


def _headline(assessment: Assessment, name: str) -> Iterator[str]:
    yield f"{printable(name)} scores {down(assessment.score)} ({assessment.grade})"
    measured = f"{assessment.lines:,} lines in {assessment.modules:,} modules"
    yield f"{measured}, {down(assessment.coverage * 100)} % measured"
    if assessment.rewritten:
        files = f"{len(assessment.rewritten):,} module{'s' * (len(assessment.rewritten) > 1)}"
        yield f"{files} in newer syntax than the parser's, read through rewriting"
    if assessment.is_partial:
        yield "Partial: under 95 % of the lines in scope could be measured."


def _principle(item: PrincipleScore) -> str:
    if item.score is None:
        return f"  {item.key:<14} {'–':>5}    does not apply"  # noqa: RUF001
    filled = round(item.score / 100 * BAR)
    bar = "█" * filled + "░" * (BAR - filled)
    lost = f"{item.points_lost:5.1f} lost in {item.findings:,} findings"
    judged = "nothing to judge" if item.tally.n == 0 and item.findings == 0 else lost
    return f"  {item.key:<14} {down(item.score):>5} {bar} {judged}"


def _findings(assessment: Assessment) -> Iterator[str]:
    worst = sorted(assessment.findings, key=lambda each: -each.points)
    costly = [each for each in worst if each.cost > 0 and not each.accepted]
    if not costly:
        return
    yield ""
    yield f"What costs most ({min(SHOWN, len(costly))} of {len(costly):,}):"
    yield from map(_finding, costly[:SHOWN])


def _finding(item: Finding) -> str:
    place = printable(f"{item.path}:{item.line}")
    return f"  {item.points:5.2f}  {item.rule}  {place}\n         {printable(item.message)}"


def _left_out(assessment: Assessment) -> Iterator[str]:
    reasons = Counter(item.reason for item in assessment.excluded)
    if reasons:
        counts = ", ".join(f"{count:,} {reason}" for reason, count in reasons.most_common())
        yield ""
        yield f"Not scored: {counts}."
    for item in assessment.unmeasured:
        place = f"{item.path}:{item.line}" if item.line else item.path
        yield f"Not measured: {printable(place)}: {item.reason}"
