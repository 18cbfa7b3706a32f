"""How old findings get: what the page of ageing shows, from when they came and went."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts import lifetimes
from dashboard.charts.contract import Chart, Key, Twin
from dashboard.charts.flow import Week, flow_svg
from dashboard.charts.scale import DASH
from dashboard.charts.survival import Life, Step, median, share_at, survival, survival_svg
from dashboard.principles import LABELS, Label
from dashboard.queries.ageing import Ageing, Batch

WEEKS: Final = 52
FEWEST_FIXED: Final = 20
"""Fixed findings from which on a curve says more than chance."""

FEWEST_WEEKS: Final = 2

_GROUPS: Final = (
    ("Under a week", 7),
    ("Under a month", 30),
    ("Under a quarter", 91),
    ("Under a year", 365),
    ("Under 2 years", 730),
    ("Under 5 years", 1_826),
)
_OLDER: Final = "5 years and older"
_MARKS: Final = (
    (7, "a week"),
    (30, "a month"),
    (91, "a quarter"),
    (365, "a year"),
    (730, "2 years"),
)


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """Open findings of an age: how many, and what they take together."""

    label: str
    count: int
    points: float


@dataclass(frozen=True, slots=True)
class PrincipleAges:
    """Open findings of one principle and the spread of their ages."""

    label: Label
    count: int
    median: str
    drawing: SafeString
    fixed: int


@dataclass(frozen=True, slots=True)
class Story:
    """The page. Charts are None before there is enough to draw."""

    open: int
    oldest: str
    median: str
    known: float  # the part of the open findings whose origin is known
    groups: tuple[AgeGroup, ...]
    principles: tuple[PrincipleAges, ...]
    head: SafeString
    fixed: int
    survival: Chart | None
    half: str  # the age by which half of all findings are fixed; "" while that is open
    flow: Chart | None
    added: int  # in the weeks of the flow
    gone: int


def story(page: Ageing, today: date) -> Story | None:
    """Everything from stored findings; None before the first scan."""
    if page.since is None or page.until is None:
        return None
    return _told(page.batches, page.since.date(), page.until.date(), today)


def _told(batches: Sequence[Batch], since: date, until: date, today: date) -> Story:
    here = [one for one in batches if one.fixed is None and not one.is_accepted]
    ages = _ages(here, today)
    fixed = _count([one for one in batches if _is_fixed(one)])
    steps = survival(list(_lives(batches, until))) if fixed >= FEWEST_FIXED else []
    weeks = flow_of(batches, since, today)
    return Story(
        open=_count(here),
        oldest=span(max(ages, default=(0, 0))[0]),
        median=_median(lifetimes.spread(ages), ""),
        known=_known(here),
        groups=tuple(groups_of(here, today)),
        principles=tuple(_principles(batches, here, today)),
        head=lifetimes.head(),
        fixed=fixed,
        survival=survival_chart(steps) if steps else None,
        half=_half(steps),
        flow=flow_chart(weeks) if len(weeks) >= FEWEST_WEEKS else None,
        added=sum(week.added for week in weeks),
        gone=sum(week.fixed for week in weeks),
    )


def _count(batches: Sequence[Batch]) -> int:
    """How many findings they are."""
    return sum(one.count for one in batches)


def _known(here: Sequence[Batch]) -> float:
    """The part of them whose origin is known."""
    count = _count(here)
    return _count([one for one in here if one.is_known]) / count if count else 0.0


def _half(steps: Sequence[Step]) -> str:
    middle = median(steps)
    return "" if middle is None else span(middle)


def _median(found: lifetimes.Spread | None, none: str) -> str:
    return span(found.median) if found else none


def span(days: float) -> str:
    """A length of time in its largest fitting unit: 3 days, 5 weeks, 4 months, 2.5 years."""
    for unit, length, least in (("year", 365.25, 547), ("month", 30.4375, 91), ("week", 7, 21)):
        if days >= least:
            number = round(days / length, 1 if unit == "year" else 0)
            return f"{number:g} {unit}s"
    whole = round(days)
    return f"{whole} day" if whole == 1 else f"{whole} days"


def groups_of(here: Iterable[Batch], today: date) -> list[AgeGroup]:
    """Open findings by age; each is in exactly one group."""
    counts: Counter[str] = Counter()
    points: defaultdict[str, float] = defaultdict(float)
    for one in here:
        age = (today - one.born).days
        label = next((name for name, limit in _GROUPS if age < limit), _OLDER)
        counts[label] += one.count
        points[label] += one.points
    names = [*(name for name, _ in _GROUPS), _OLDER]
    return [AgeGroup(name, counts[name], points[name]) for name in names]


def flow_of(batches: Iterable[Batch], since: date, today: date) -> list[Week]:
    """Whole weeks since the first scan, a year of them at most, the present one included.

    What the first scan met was there before; what a rubric brought or took was no change of code.
    """
    first = max(monday(since), monday(today) - timedelta(weeks=WEEKS - 1))
    added: Counter[date] = Counter()
    fixed: Counter[date] = Counter()
    for one in batches:
        if one.is_new:
            added[monday(one.seen)] += one.count
        if one.fixed is not None and not one.by_rubric:
            fixed[monday(one.fixed)] += one.count
    count = (monday(today) - first).days // 7 + 1
    mondays = [first + timedelta(weeks=number) for number in range(count)]
    return [Week(one, added[one], fixed[one]) for one in mondays]


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def _ages(batches: Iterable[Batch], today: date) -> list[tuple[float, int]]:
    return [(float(max((today - one.born).days, 0)), one.count) for one in batches]


def _is_fixed(one: Batch) -> bool:
    """Fixed, and of an age that is known."""
    return one.fixed is not None and not one.by_rubric and (one.is_known or one.is_new)


def _lives(batches: Iterable[Batch], until: date) -> Iterable[Life]:
    """Those whose age is known: by their origin, or since they came between two scans."""
    for one in batches:
        if one.is_known or one.is_new:
            seen = (one.seen - one.born).days
            end = ((one.fixed or until) - one.born).days
            yield Life(seen, max(end, seen), _is_fixed(one), one.count)


def _principles(
    batches: Sequence[Batch], here: Sequence[Batch], today: date
) -> Iterable[PrincipleAges]:
    """Those with open or fixed findings, in the order of the rubric."""
    fixed: Counter[str] = Counter()
    own: defaultdict[str, list[Batch]] = defaultdict(list)
    for one in batches:
        fixed[one.principle] += one.count * _is_fixed(one)
    for one in here:
        own[one.principle].append(one)
    for key, label in LABELS.items():
        if own[key] or fixed[key]:
            found = lifetimes.spread(_ages(own[key], today))
            count = sum(one.count for one in own[key])
            yield PrincipleAges(
                label, count, _median(found, DASH), lifetimes.row(found), fixed[key]
            )


def survival_chart(steps: Sequence[Step]) -> Chart:
    """The part of the findings that outlives an age; at least one was fixed."""
    longest = max(steps[-1].days * 1.05, 28.0)
    rows = [
        (f"After {words}", f"{share_at(steps, days):.0%}")
        for days, words in _MARKS
        if days <= longest
    ]
    middle = _half(steps)
    half = f"; half are fixed by the age of {middle}" if middle else ""
    return Chart(
        title="How long findings live",
        description=(
            "The part of the findings that outlives an age, estimated from when they came and were "
            "fixed; the axis of shares begins at 0. Open ones count for as long as they are known, "
            "and what an acceptance or another rubric ended counts as not fixed."
        ),
        drawing=survival_svg(steps, longest, f"Findings that are still there by age{half}"),
        twin=Twin("Findings that are still there by age", ("Age", "Still there"), tuple(rows)),
        legend=(Key("line", "still there"), Key("event", "half of them")) if middle else (),
    )


def flow_chart(weeks: Sequence[Week]) -> Chart:
    """What came and went in each of the weeks, oldest first."""
    rows = tuple(
        (f"{one.monday:%-d %b %Y}", f"{one.added:,}", f"{one.fixed:,}") for one in reversed(weeks)
    )
    added, fixed = sum(one.added for one in weeks), sum(one.fixed for one in weeks)
    return Chart(
        title="Added against fixed",
        description=(
            "Findings by the week of the commit that a scan saw them in first, or saw them gone; "
            "both sides have the same scale, from 0."
        ),
        drawing=flow_svg(weeks, f"{added:,} findings added and {fixed:,} fixed by week"),
        twin=Twin("Added and fixed by week", ("Week of", "Added", "Fixed"), rows),
        legend=(Key("added", "added"), Key("fixed", "fixed")),
    )
