"""What the page of a file says: a sentence, its lines with findings, its functions."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts.limits import limit_bar, share_bar
from dashboard.names import rule_title
from dashboard.queries.files import FileFinding, FileView
from dashboard.sentences import a_grade
from dashboard.source import SourceLine, SourcePart
from dashboard.visible import visible
from scanner.domain.facts import Function, Module
from scanner.domain.figures import Figures
from scanner.domain.rubric import DEFAULT, Limits

HEAVY: Final = 0.25  # of the file's lost points: the colour of an F
MIDDLE: Final = 0.1
MOST_HERE: Final = 1_000  # findings among the lines that are shown
MOST_ELSEWHERE: Final = 100
MOST_FUNCTIONS: Final = 500


@dataclass(frozen=True, slots=True)
class MarkedFinding:
    """A finding with the colour of its weight in the file."""

    finding: FileFinding
    tone: str  # a grade class


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of source and the findings under it."""

    line: SourceLine
    findings: tuple[MarkedFinding, ...]

    @property
    def tone(self) -> str:
        """The colour of the heaviest finding; "" without one."""
        return self.findings[0].tone if self.findings else ""


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """One function against the limits of the rubric."""

    name: str
    owner: str  # the class or function it stands in, "" at the top
    line: int
    complexity: int
    complexity_bar: SafeString
    is_complex: bool
    rank: str  # radon's, "" when it is not known
    lines: int
    lines_bar: SafeString
    is_long: bool
    annotated: int
    slots: int
    slots_bar: SafeString


def sentence(view: FileView) -> str:
    """The verdict in at most a dozen words."""
    name = visible(view.path.rpartition("/")[2])
    if view.reason:
        return f"{name} is not scored: {view.reason}."
    if view.row is None:
        return f"{name} is no module, and costs points all the same."
    costly = _costly(view.findings)
    standing = f"{name} is {a_grade(view.row.score)}"
    if not costly:
        return f"{standing}: nothing here costs a point."
    return f"{standing}: {rule_title(costly[0].row.rule).lower()} weighs most."


def cause(view: FileView) -> str:
    """One line on where the points went."""
    if view.is_excluded:
        return "It is left out of the score on purpose, like all of its kind."
    if view.reason:
        return "Its lines lower the coverage; what could not be read never counts as clean."
    costly = _costly(view.findings)
    advisory = len(view.findings) - len(costly)
    if not costly:
        return f"{_count(advisory, 'advisory finding')}, for information." if advisory else ""
    total = sum(item.points for item in costly)
    top = sum(item.points for item in costly[:2])
    text = f"{_count(len(costly), 'finding')}."
    if len(costly) > 2 and total:
        text = f"{text} The two heaviest hold {top / total:.0%} of its points."
    if advisory:
        text = f"{text} {_count(advisory, 'advisory finding')} beside."
    return text.replace("%", "\N{NO-BREAK SPACE}%")


def marked_lines(part: SourcePart, findings: Sequence[FileFinding]) -> list[MarkedLine]:
    """The lines of a part, each with its findings, heaviest first; of a flood the heaviest."""
    shown = range(part.first, part.last + 1)
    here = [marked for marked in _marked(findings) if marked.finding.line in shown]
    by_line = defaultdict(list)
    for marked in _heaviest(here, MOST_HERE):
        by_line[marked.finding.line].append(marked)
    return [MarkedLine(line, tuple(by_line[line.number])) for line in part.lines]


def elsewhere(part: SourcePart | None, findings: Sequence[FileFinding]) -> list[MarkedFinding]:
    """The findings whose line is not shown, in order; of a flood the heaviest."""
    shown = range(part.first, part.last + 1) if part else range(0)
    others = [marked for marked in _marked(findings) if marked.finding.line not in shown]
    return _heaviest(others, MOST_ELSEWHERE)


def passed_over(
    findings: Sequence[FileFinding], lines: Sequence[MarkedLine], others: Sequence[MarkedFinding]
) -> int:
    """How many findings are neither among the lines nor among the others."""
    return len(findings) - sum(len(line.findings) for line in lines) - len(others)


def function_rows(
    module: Module, figures: Figures | None, limits: Limits = DEFAULT.limits
) -> list[FunctionRow]:
    """The functions, most complex first; of very many the most complex."""
    ranks = {(name, line): rank for name, line, rank in figures.ranks} if figures else {}
    ordered = sorted(module.functions, key=lambda each: (-each.complexity, -each.lines, each.line))
    return [
        _function_row(each, ranks.get((each.name, each.line), ""), limits)
        for each in ordered[:MOST_FUNCTIONS]
    ]


def _function_row(function: Function, rank: str, limits: Limits) -> FunctionRow:
    annotated = sum(slot.annotation != "none" for slot in function.slots)
    return FunctionRow(
        name=function.name.rpartition(".")[2],
        owner=function.name.rpartition(".")[0],
        line=function.line,
        complexity=function.complexity,
        complexity_bar=limit_bar(function.complexity, limits.complexity),
        is_complex=function.complexity > limits.complexity,
        rank=rank,
        lines=function.lines,
        lines_bar=limit_bar(function.lines, limits.function_lines),
        is_long=function.lines > limits.function_lines,
        annotated=annotated,
        slots=len(function.slots),
        slots_bar=share_bar(annotated, len(function.slots)),
    )


def _marked(findings: Sequence[FileFinding]) -> list[MarkedFinding]:
    total = sum(finding.points for finding in findings)
    return [MarkedFinding(finding, _tone(finding.points, total)) for finding in findings]


def _heaviest(marked: list[MarkedFinding], most: int) -> list[MarkedFinding]:
    """So many at most, in the order they had."""
    if len(marked) <= most:
        return marked
    kept = heapq.nlargest(most, enumerate(marked), lambda pair: (pair[1].finding.points, -pair[0]))
    return [each for _, each in sorted(kept, key=itemgetter(0))]


def _tone(points: float, total: float) -> str:
    if points <= 0:
        return "g-n"
    share = points / total
    return "g-f" if share >= HEAVY else "g-d" if share >= MIDDLE else "g-c"


def _costly(findings: Sequence[FileFinding]) -> list[FileFinding]:
    return sorted((item for item in findings if item.points > 0), key=lambda item: -item.points)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
