"""What a rubric would do, as the page before saving tells it: figures, a chart, a ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.charts.contract import Chart, Key, Twin
from dashboard.charts.scale import floored, shown_change, signed
from dashboard.charts.trend import Point, Series, layout
from dashboard.charts.trend_svg import trend_svg
from dashboard.names import rule_title
from dashboard.principles import LABELS, Label
from dashboard.queries.what_if import Answered, Effect, Moved, Named, Scored
from scanner.domain.findings import PARTIAL_BELOW

MOST_ROWS: Final = 200
MOST_RANKED: Final = 500
LEAST_TOLD: Final = 0.05  # points that a rule costs more or less
_BEFORE: Final = "before"


@dataclass(frozen=True, slots=True)
class PrincipleRow:
    """One principle by both rubrics."""

    label: Label
    before: float
    after: float

    @property
    def change(self) -> float:
        """As shown."""
        return shown_change(self.after, self.before)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule's findings: how many come and go, and what they cost together."""

    code: str
    title: str
    came: int
    went: int
    findings: int
    points_before: float
    points_after: float


@dataclass(frozen=True, slots=True)
class Place:
    """A repository in the order of scores, before and after."""

    repository: Named
    before: Scored
    after: Scored
    place: int
    was: int

    @property
    def change(self) -> float:
        """Of the score, as shown."""
        return shown_change(self.after.score, self.before.score)

    @property
    def moved(self) -> str:
        """Places up or down, in words."""
        if self.was == self.place:
            return "same place"
        step = abs(self.was - self.place)
        return f"{'up' if self.place < self.was else 'down'} {step}"


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """Everything that the page tells."""

    effect: Effect | None  # of a single repository
    sentence: str
    principles: tuple[PrincipleRow, ...]
    rules: tuple[RuleRow, ...]
    chart: Chart | None
    points: int
    ranking: tuple[Place, ...]
    ranked: int
    left_out: int
    missing: int

    @property
    def change(self) -> float:
        """Of the overall score of a single repository, as shown."""
        effect = self.effect
        return shown_change(effect.after.score, effect.before.score) if effect else 0.0


def page_of(answer: Answered, names: Mapping[int, Named], *, is_single: bool) -> WhatIfPage:
    """The page of an answer; a ranking where the question was about more than one repository."""
    effect = answer.repositories[0] if is_single and answer.repositories else None
    ranking = () if is_single else tuple(_ranking(answer.repositories, names))
    return WhatIfPage(
        effect=effect,
        sentence=_single(effect) if effect else _several(ranking),
        principles=_principles(effect) if effect else (),
        rules=_rules(answer.repositories),
        chart=_chart(answer.points) if len(answer.points) > 1 else None,
        points=len(answer.points),
        ranking=ranking[:MOST_RANKED],
        ranked=len(ranking),
        left_out=answer.left_out,
        missing=answer.missing,
    )


def _single(effect: Effect) -> str:
    before, after = effect.before, effect.after
    change = shown_change(after.score, before.score)
    if not change:
        return f"The score stays at {floored(after.score)}, {after.grade}."
    words = f"The score would go from {floored(before.score)} to {floored(after.score)}"
    if before.grade == after.grade:
        return f"{words}, and stay {_article(after.grade)} {after.grade}."
    return f"{words}: {_article(after.grade)} {after.grade} instead of {before.grade}."


def _several(ranking: Sequence[Place]) -> str:
    if not ranking:
        return "No repository has a score yet, so nothing would change."
    grades = sum(one.before.grade != one.after.grade for one in ranking)
    moved = sum(one.before.score != one.after.score for one in ranking)
    if not moved:
        return "No score would change."
    told = "no grade changes" if not grades else f"{grades} would have another grade"
    return f"{moved} of {len(ranking)} repositories would have another score; {told}."


def _article(letter: str) -> str:
    return "an" if letter in "AF" else "a"


def _principles(effect: Effect) -> tuple[PrincipleRow, ...]:
    rows = []
    for key, label in LABELS.items():
        before, after = effect.before.principles.get(key), effect.after.principles.get(key)
        if before is not None and after is not None:
            rows.append(PrincipleRow(label, before, after))
    return tuple(rows)


def _rules(effects: Sequence[Effect]) -> tuple[RuleRow, ...]:
    """Sums over the repositories, what moves most first."""
    sums: dict[str, RuleRow] = {}
    for rule in (each for effect in effects for each in effect.rules):
        so_far = sums.get(rule.rule, RuleRow(rule.rule, rule_title(rule.rule), 0, 0, 0, 0.0, 0.0))
        sums[rule.rule] = RuleRow(
            rule.rule,
            so_far.title,
            so_far.came + rule.came,
            so_far.went + rule.went,
            so_far.findings + rule.findings,
            so_far.points_before + rule.points_before,
            so_far.points_after + rule.points_after,
        )
    told = (
        row
        for row in sums.values()
        if row.came or row.went or abs(row.points_after - row.points_before) >= LEAST_TOLD
    )
    return tuple(
        sorted(told, key=lambda row: (-(row.came + row.went), row.points_before - row.points_after))
    )


def _ranking(effects: Sequence[Effect], names: Mapping[int, Named]) -> list[Place]:
    known = [effect for effect in effects if effect.repository in names]
    was = _places({effect.repository: effect.before.score for effect in known})
    now = _places({effect.repository: effect.after.score for effect in known})
    places = [
        Place(
            names[effect.repository],
            effect.before,
            effect.after,
            now[effect.repository],
            was[effect.repository],
        )
        for effect in known
    ]
    return sorted(places, key=lambda one: (one.place, one.repository.name))


def _places(scores: Mapping[int, float]) -> Mapping[int, int]:
    """1 for the best score; equals share a place."""
    ordered = sorted(scores.values(), reverse=True)
    first: dict[float, int] = {}
    for place, score in enumerate(ordered, 1):
        first.setdefault(score, place)
    return {key: first[score] for key, score in scores.items()}


def _chart(points: Sequence[Moved]) -> Chart:
    shown = [
        Point(one.committed_at, one.after, one.coverage < PARTIAL_BELOW, one.coverage, one.commit,
              {_BEFORE: one.before})
        for one in points
    ]  # fmt: skip
    drawn = layout(shown, [Series(_BEFORE, "Now", "Now", "#figures", places=1)], "Then", "Then")
    first, last = drawn.points[0], drawn.points[-1]
    title = f"The score from {first.at:%-d %B %Y} to {last.at:%-d %B %Y} by both rubrics"
    cut = "The axis of scores runs" if drawn.low == 0 else "The axis of scores is cut: it runs"
    every = -(-len(points) // MOST_ROWS)
    rows = tuple(_row(one) for one in points[::-every])
    return Chart(
        title=title,
        description=f"{cut} from {drawn.low} to {drawn.high}; grade limits are ruled.",
        drawing=trend_svg(drawn, (), f"{title}, {floored(last.score)} then at the end"),
        twin=Twin(
            title,
            ("Commit of", "Now", "Then", "Change"),
            rows,
            f"Each {every}th point of {len(points):,}." if every > 1 else "",
        ),
        legend=(Key("line", "then, by the rubric above"), Key("quiet", "now, by what holds")),
    )


def _row(one: Moved) -> tuple[str, ...]:
    return (
        f"{one.committed_at:%-d %b %Y}",
        floored(one.before),
        floored(one.after),
        signed(shown_change(one.after, one.before)),
    )
