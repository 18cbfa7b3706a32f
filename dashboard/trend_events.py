"""What a trend tells beside the score: where another rubric judged, where commits left, ..."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from dashboard.charts.events import Event
from dashboard.charts.scale import floored, signed
from dashboard.principles import LABELS
from dashboard.queries.history import Moment
from dashboard.trend_pages import Pages
from scanner.domain.findings import PARTIAL_BELOW

MOST: Final = 16
"""Events of one chart; the newest are told."""

DROP: Final = 0.05
"""The part of the lines by which coverage falls from one point to the next, worth a word."""

Values = Mapping[int, Mapping[str, float | None]]


def events(
    moments: Sequence[Moment],
    gone: Sequence[Moment],
    values: Values,
    pages: Pages,
    key: str = "",
) -> list[Event]:
    """The events between the points, oldest first; `key` is a principle, "" for the overall score.

    `moments` and `gone` are what the chart shows.
    """
    found = [
        event
        for before, after in pairwise(moments)
        for event in _between(before, after, pages, is_overall=not key)
    ]
    found += _coverage(moments)
    found += _firsts(moments, values, key)
    found += _left(gone)
    return sorted(found, key=lambda event: event.at)[-MOST:]


def _between(before: Moment, after: Moment, pages: Pages, *, is_overall: bool) -> Iterator[Event]:
    """Where another rubric or another engine judged, no code changed."""
    changed = _rubrics(before, after)
    if changed is not None:
        effect = after.rubric_effects if is_overall else 0.0
        words = f"Rubric {signed(effect)}" if effect else "Another rubric"
        told = f"{words}: no code changed by it"
        if before.rubric == after.rubric:
            told = f"{words} here: the whole history was judged again by the one that holds now"
        yield Event(after.at, words, pages.rubric_change(*changed), told, "rubric")
    elif before.engine != after.engine:
        told = f"Judged with {after.engine} from here: no code changed by it"
        yield Event(after.at, f"Engine {after.engine}", "", told, "engine")
    if not (before.backfilled or after.backfilled) and before.left_out != after.left_out:
        more = after.left_out - before.left_out
        words = f"{abs(more)} {'more' if more > 0 else 'fewer'} excluded"
        told = f"{after.left_out} modules are excluded in pyproject.toml, {before.left_out} before"
        yield Event(after.at, words, "", told, "exclusions")


def _rubrics(before: Moment, after: Moment) -> tuple[str, str] | None:
    """Two rubrics that met here; a mark stays when what is older was judged again since."""
    if before.rubric != after.rubric:
        return before.rubric, after.rubric
    met = [verdict for verdict in after.verdicts if verdict.rubric_before]
    if met and met[0].rubric_before != met[-1].rubric:
        return met[0].rubric_before, met[-1].rubric
    return None


def _coverage(moments: Sequence[Moment]) -> Iterator[Event]:
    """Where much less of the code could be read than before, and a point became partial by it."""
    for before, after in pairwise(moments):
        if after.coverage < PARTIAL_BELOW and before.coverage - after.coverage >= DROP:
            share = f"{floored(after.coverage * 100)} %"
            told = f"{share} of the lines could be measured, {floored(before.coverage * 100)} %"
            yield Event(after.at, f"{share} measured", "", f"{told} before", "coverage")


def _firsts(moments: Sequence[Moment], values: Values, key: str) -> Iterator[Event]:
    """Where a principle began to apply: the first async function, the first two modules."""
    met: set[str] = set()
    for rank, moment in enumerate(moments):
        known = {name for name, value in values.get(moment.snapshot, {}).items() if _is(value)}
        for name in LABELS:
            if rank and name in known - met and key in ("", name):
                title = LABELS[name].name
                yield Event(moment.at, f"{title} begins", "", f"{title} applies from here", "first")
        met |= known


def _is(value: float | None) -> bool:
    return value is not None


def _left(gone: Sequence[Moment]) -> Iterator[Event]:
    """Commits that were judged and are on the branch no longer: someone pushed by force."""
    if gone:
        count = len(gone)
        words = "1 commit left" if count == 1 else f"{count} commits left"
        told = f"{words} the branch: its history was rewritten; crosses mark where they stood"
        yield Event(gone[-1].at, words, "", told, "gone")
