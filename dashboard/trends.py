"""The trend of a repository as a page shows it: the chart, its range, its events, its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from dashboard.charts.brush import FEWEST_YEARS, brush, years
from dashboard.charts.contract import Chart, Key, Sign
from dashboard.charts.events import Event
from dashboard.charts.releases import Release, fitting
from dashboard.charts.scale import GRADE_LIMITS, floored
from dashboard.charts.timeline import Timeline
from dashboard.charts.trend import Layout, Line, Point, Series, layout
from dashboard.charts.trend_svg import trend_svg
from dashboard.principles import LABELS, Label
from dashboard.queries.history import History, Moment
from dashboard.trend_events import events
from dashboard.trend_pages import Pages
from dashboard.trend_twin import twin
from dashboard.trend_window import SPANS, WHOLE, Window, spans_of
from dashboard.visible import visible

FEWEST: Final = 2  # points that make a line
SHOWN_DIGITS: Final = 12  # of a commit, in addresses

_OVERALL: Final = ("Overall", "All")
_SHORT_NAMES: Final[Mapping[Sign, str]] = {
    "quiet": "a principle, named at its end",
    "hollow": "partial: less than 95 % of the lines could be measured",
    "gone": "of a commit that left the branch",
    "event": "an event, told below",
}

Values = Mapping[int, Mapping[str, float | None]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A range to go to."""

    words: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """What a trend is about: the overall score with its principles, or one principle alone."""

    moments: tuple[Moment, ...]
    gone: tuple[Moment, ...]
    values: Values
    label: Label | None = None

    @property
    def show(self) -> str:
        """How an address names it."""
        return self.label.key if self.label else ""

    def point(self, moment: Moment) -> Point:
        """A moment as it is drawn."""
        values = self.values.get(moment.snapshot, {})
        score = moment.score if self.label is None else values.get(self.label.key) or 0.0
        beside = {} if self.label else values
        return Point(
            moment.at, score, moment.partial, moment.coverage, moment.commit[:SHOWN_DIGITS], beside
        )


def subject(history: History, values: Values, label: Label | None = None) -> Subject:
    """The overall score, or one principle over the snapshots to which it applied."""

    def known(moments: Sequence[Moment]) -> tuple[Moment, ...]:
        if label is None:
            return tuple(moments)
        key = label.key
        return tuple(one for one in moments if values.get(one.snapshot, {}).get(key) is not None)

    return Subject(known(history.past), known(history.gone), values, label)


@dataclass(frozen=True, slots=True)
class Trend:
    """A trend of at least two points; `chart` is None where the chosen range holds fewer."""

    chart: Chart | None
    points: int  # in the range
    total: int
    low: int
    high: int
    choices: tuple[Choice, ...]
    window: Window
    events: tuple[Event, ...]
    lines: tuple[Line, ...]  # beside the main one
    strip: SafeString | None  # the whole history, by year
    reader: str  # the address of every point, for the script
    everything: str  # and of every figure, for people
    compare: str  # the page that puts two points side by side


@dataclass(frozen=True, slots=True)
class Plan:
    """A range of a trend, worked out: its moments, where they stand, and what happened."""

    seen: tuple[Moment, ...]
    layout: Layout
    events: tuple[Event, ...]
    labels: tuple[Label, ...]


def plan(found: Subject, pages: Pages, window: Window = WHOLE) -> Plan | None:
    """The places of a trend; None for less than two points."""
    seen = tuple(window.of(found.moments))
    if len(seen) < FEWEST:
        return None
    points = [found.point(moment) for moment in seen]
    labels = [one for key, one in LABELS.items() if any(key in p.values for p in points)]
    series = [Series(one.key, one.name, one.short, pages.principle(one.key)) for one in labels]
    name, short = (found.label.name, found.label.short) if found.label else _OVERALL
    gone = [found.point(one) for one in found.gone]
    drawn = layout(points, series, name, short, gone)
    drawn = replace(drawn, releases=_releases(seen, drawn.timeline))
    return Plan(seen, drawn, _happened(found, pages, drawn.timeline), tuple(labels))


def _happened(found: Subject, pages: Pages, shown: Timeline) -> tuple[Event, ...]:
    """The events of the whole history that fall into the time that is shown."""
    told = events(found.moments, found.gone, found.values, pages, found.show)
    return tuple(one for one in told if shown.start <= one.at <= shown.end)


def trend(
    found: Subject, pages: Pages, window: Window = WHOLE, keep: Mapping[str, str] | None = None
) -> Trend | None:
    """The trend of a subject; None for less than two points in all.

    `keep` is what else stands in the address of the page, and stays when a range is chosen.
    """
    keep = keep or {}
    if len(found.moments) < FEWEST:
        return None
    spans = spans_of(found.moments)
    window = WHOLE if window.span and window.span not in spans else window
    planned = plan(found, pages, window)
    return Trend(
        chart=_chart(planned, pages, pages.trend(found.show, window)) if planned else None,
        points=len(window.of(found.moments)),
        total=len(found.moments),
        low=planned.layout.low if planned else 0,
        high=planned.layout.high if planned else 100,
        choices=_choices(spans, window, keep),
        window=window,
        events=planned.events if planned else (),
        lines=planned.layout.lines if planned else (),
        strip=_strip(found, planned, keep),
        reader=pages.points(found.show, window),
        everything=pages.trend(found.show, window),
        compare=pages.compare(),
    )


def _chart(planned: Plan, pages: Pages, everything: str) -> Chart:
    drawn = planned.layout
    first, last = drawn.points[0], drawn.points[-1]
    title = f"{drawn.name} from {first.at:%-d %B %Y} to {last.at:%-d %B %Y}"
    label = f"{title}, {floored(last.score)} at the end"
    axis = "The axis of scores runs" if drawn.low == 0 else "The axis of scores is cut: it runs"
    return Chart(
        title=title,
        description=f"{axis} from {drawn.low} to {drawn.high}{_ruled(drawn)}.",
        drawing=trend_svg(drawn, planned.events, label, pages.compare),
        twin=twin(planned.seen, drawn, planned.labels, everything),
        legend=tuple(_legend(planned)),
    )


def _ruled(drawn: Layout) -> str:
    is_any = any(drawn.low <= limit <= drawn.high for _, limit in GRADE_LIMITS)
    return "; grade limits are ruled" if is_any else ""


def _legend(planned: Plan) -> list[Key]:
    """Only what is drawn."""
    drawn = planned.layout
    there: list[tuple[Sign, bool]] = [
        ("quiet", bool(drawn.lines)),
        ("hollow", any(point.partial for point in drawn.points)),
        ("gone", bool(drawn.gone)),
        ("event", bool(planned.events)),
    ]
    keys = [Key(sign, _SHORT_NAMES[sign]) for sign, is_there in there if is_there]
    return [Key("line", drawn.name.lower()), *keys] if keys else []


def _choices(spans: Sequence[str], window: Window, keep: Mapping[str, str]) -> tuple[Choice, ...]:
    if not spans and window.is_whole:
        return ()
    every = Choice("All", _here(keep), window.is_whole)
    ranges = [Choice(SPANS[k][0], _here(keep, span=k), k == window.span) for k in spans]
    return (every, *ranges)


def _strip(found: Subject, planned: Plan | None, keep: Mapping[str, str]) -> SafeString | None:
    """The strip of years below the chart, where there are some to choose from."""
    points = [found.point(moment) for moment in found.moments]
    whole = Timeline(points[0].at, points[-1].at)
    if planned is None or len(years(whole)) <= FEWEST_YEARS:
        return None

    def days(start: date, end: date) -> str:
        return _here(keep, **{"from": start.isoformat(), "to": end.isoformat()})

    return brush(points, planned.layout.timeline, days)


def _here(keep: Mapping[str, str], **query: str) -> str:
    """Another range of this page."""
    return f"?{urlencode({**keep, **query})}#trend"


def _releases(moments: Sequence[Moment], timeline: Timeline) -> tuple[Release, ...]:
    found = [Release(moment.at, visible(name)) for moment in moments for name in moment.tags]
    return tuple(fitting(found, timeline))
