"""What the page of a repository says: its sentence, its causes, its cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dashboard import sentences
from dashboard.charts.scale import shown_change
from dashboard.queries.repository import Age, Overview, Standing
from dashboard.rubric_words import ChangedValue, changed_values

SPARK: Final = timedelta(weeks=52)
MOST_VALUES: Final = 3  # of a changed rubric, in one sentence
BARELY: Final = 0.97  # of that window: a past that begins later is no line yet


@dataclass(frozen=True, slots=True)
class Card:
    """A principle with its line over a year, as (share of the window, score)."""

    standing: Standing
    spark: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class RubricChange:
    """Two rubrics, one after the other, and the first of the values that differ."""

    before: str
    after: str
    values: tuple[ChangedValue, ...]
    count: int

    @property
    def more(self) -> int:
        """Values that differ and are not shown."""
        return self.count - len(self.values)


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """Open findings by how long they have been there."""

    label: str
    count: int
    points: float


def sentence(page: Overview) -> str:
    """What the page opens with."""
    name, verdict = page.frame.name, page.verdict
    if verdict is not None:
        before = page.previous
        moved = shown_change(verdict.score, before.score) if before else None
        told = page.now is not None and abs(page.now.rubric_effect) >= sentences.STEADY_BELOW
        since = (
            "since the previous scan, with another rubric" if told else "since the previous scan"
        )
        return sentences.standing(name, verdict.score, moved, since)
    openings = {
        "queued": f"The first scan of {name} waits for a worker.",
        "running": f"The first scan of {name} is on its way.",
        "failed": f"{name} could not be scanned.",
    }
    return openings.get(page.state.kind, f"{name} has not been scanned yet.")


def heaviest(standings: Sequence[Standing]) -> dict[str, object] | None:
    """The two principles that hold most of the lost points, with their part of them."""
    lost = sum(one.points_lost for one in standings)
    if lost <= 0:
        return None
    top = sorted(standings, key=lambda one: -one.points_lost)[:2]
    top = [one for one in top if one.points_lost > 0]
    return {"standings": top, "share": sum(one.points_lost for one in top) / lost}


def rubric_change(page: Overview) -> RubricChange | None:
    """The change of the rubric behind the latest verdict; None where it was none."""
    before, verdict = page.previous, page.verdict
    if before is None or verdict is None or before.rubric == verdict.rubric:
        return None
    values = changed_values(page.rubric_differences)
    return RubricChange(before.rubric, verdict.rubric, values[:MOST_VALUES], len(values))


def cards(page: Overview, now: datetime) -> list[Card]:
    """All ten principles in the order of the rubric."""
    return [Card(one, spark(page, one.label.key, now)) for one in page.standings]


def spark(page: Overview, key: str, now: datetime) -> tuple[tuple[float, float], ...]:
    """A principle over the last year; what stood at its start is at 0."""
    start, places = now - SPARK, []
    for moment in page.history.past:
        value = page.values.get(moment.snapshot, {}).get(key)
        if value is not None:
            places.append((max(0.0, (moment.at - start) / SPARK), value))
    if not places or places[0][0] > BARELY:
        return ()
    early = [place for place in places if place[0] == 0][-1:]
    inside = [place for place in places if place[0] > 0]
    return (*early, *inside, (1.0, places[-1][1]))


AGES: Final[Mapping[str, timedelta]] = {
    "This week": timedelta(days=7),
    "This month": timedelta(days=30),
    "This quarter": timedelta(days=91),
    "This year": timedelta(days=365),
}
OLDER: Final = "Older"


def age_groups(ages: Sequence[Age], now: datetime) -> list[AgeGroup]:
    """Open findings by age; the commit that brought them dates them."""
    found: dict[str, list[Age]] = {label: [] for label in (*AGES, OLDER)}
    for age in ages:
        label = next((name for name, span in AGES.items() if now - age.since <= span), OLDER)
        found[label].append(age)
    return [
        AgeGroup(label, sum(age.count for age in several), sum(age.points for age in several))
        for label, several in found.items()
    ]
