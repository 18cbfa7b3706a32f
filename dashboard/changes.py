"""What changed since the previous scan, as the page of a repository tells it.

The exact parts are what a worker found by judging both commits again. While it does, a quick
reckoning from the list of findings stands in for them: what that cannot explain is its last step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from dashboard.charts.waterfall import Step, Waterfall, waterfall
from dashboard.comparison import KIND_WORDS, LEAST, rubric_name
from dashboard.drill import NAMES
from dashboard.names import rule_title
from dashboard.queries.causes import Cause
from dashboard.queries.history import Moment
from dashboard.queries.repository import Overview
from scanner.application.comparison_summary import CauseRecord, ComparisonSummary
from scanner.domain.comparison import Kind

TOP_CAUSES: Final = 6
_NEUTRAL: Final = {"rubric", "structure"}


@dataclass(frozen=True, slots=True)
class Moved:
    """Findings of one rule to which the same happened; `path` is "" where they lie apart."""

    rule: str
    name: str
    path: str
    paths: int
    count: int
    word: str
    effect: float


@dataclass(frozen=True, slots=True)
class Changed:
    """From the last score to this one. Without a summary the parts are the quick ones.

    `error` says why there are no exact ones, and `is_coming` that a worker has yet to find them.
    """

    waterfall: Waterfall
    causes: tuple[Moved, ...]
    summary: ComparisonSummary | None
    error: str
    is_coming: bool


def changed(page: Overview) -> Changed | None:
    """What moved the score; None for a first scan."""
    before, now = page.previous, page.now
    if before is None or now is None:
        return None
    told = page.told
    summary = told.summary if told else None
    if summary is not None:
        fall = waterfall(*_ends(before, now), _exact(page, summary))
        return Changed(fall, tuple(map(_told, summary.causes)), summary, "", is_coming=False)
    error = told.error if told else ""
    return Changed(
        waterfall(*_ends(before, now), _quick(page, before, now)),
        tuple(map(_listed, page.causes[:TOP_CAUSES])),
        None,
        error,
        is_coming=told is not None and not error,
    )


def _ends(before: Moment, now: Moment) -> tuple[tuple[str, float], tuple[str, float]]:
    return (f"{before.at:%-d %b}", before.score), ("Now", now.score)


def _exact(page: Overview, summary: ComparisonSummary) -> list[Step]:
    """The parts, each leading to the findings behind it."""
    address = reverse("compare", args=[page.frame.team_slug, page.frame.slug])
    return [
        Step(
            _name(kind, summary),
            points,
            neutral=kind in _NEUTRAL,
            href=f"{address}?kind={kind}#what" if summary.counts.get(kind) else "",
            note=f"{summary.counts[kind]:,}" if summary.counts.get(kind) else "",
        )
        for kind, points in summary.parts.items()
        if abs(points) >= LEAST
    ]


def _name(kind: Kind, summary: ComparisonSummary) -> str:
    if kind != "rubric":
        return NAMES[kind]
    return rubric_name(summary.is_another_rubric, summary.engine)


def _quick(page: Overview, before: Moment, now: Moment) -> list[Step]:
    """What came, what was fixed, and the rest."""
    told = [
        Step("New findings", -_points(page, "new")),
        Step("Fixed", _points(page, "fixed")),
        Step("Accepted", now.spared_by_code - before.spared),
        Step("Rubric", now.rubric_effect, neutral=True),
    ]
    rest = now.score - before.score - sum(step.change for step in told)
    steps = [*told, Step(_rest(before, now), rest, neutral=True)]
    return [step for step in steps if abs(step.change) >= LEAST]


def _points(page: Overview, kind: str) -> float:
    return sum(cause.points for cause in page.causes if cause.kind == kind)


def _rest(before: Moment, now: Moment) -> str:
    """What the part of a change that no finding explains may be made of."""
    is_told = before.rubric == now.rubric or now.score_before is not None
    if not is_told:
        return "Rubric, engine, code"
    return "Other code" if before.engine == now.engine else "Engine, other code"


def _told(cause: CauseRecord) -> Moved:
    name, word = rule_title(cause.rule), KIND_WORDS[cause.kind]
    return Moved(cause.rule, name, cause.path, cause.paths, cause.count, word, cause.points)


def _listed(cause: Cause) -> Moved:
    word = KIND_WORDS["fixed" if cause.kind == "fixed" else "new"]
    return Moved(cause.rule, cause.name, cause.path, cause.paths, cause.count, word, cause.effect)
