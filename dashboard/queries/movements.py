"""What moved repositories: its causes, the commit behind it, and who can tell of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dashboard.queries.causes import Cause, causes, causes_of_moves
from dashboard.queries.history import NONE, History, Moment, histories
from dashboard.queries.portfolio_rows import Row
from scanner.storage.models import Finding, Snapshot

MOST_CHANGES: Final = 4
MOST_MOVERS: Final = 5  # up, and as many down
NOTABLE: Final = 0.5  # points a week
LEAST_MOVE: Final = 0.5  # points in thirty days
MOST_AUTHORS: Final = 3


@dataclass(frozen=True, slots=True)
class Movement:
    """Why a repository moved since a time, and the commit with the largest step.

    `authors` are named for a conversation, in alphabetical order; they and the subject are hostile.
    """

    row: Row
    since: datetime
    causes: tuple[Cause, ...]
    rubric: float  # what changes of the rubric did
    commit: str
    subject: str
    authors: tuple[str, ...]
    before: str  # the commit that stood at the time


def most_changed(rows: Sequence[Row]) -> list[Row]:
    """Those that moved most this week, by half a point at least."""
    moved = [row for row in rows if row.week is not None and abs(row.week) >= NOTABLE]
    return sorted(moved, key=lambda row: -abs(row.week or 0.0))[:MOST_CHANGES]


def most_moved(rows: Sequence[Row]) -> list[Row]:
    """Those that rose most in thirty days, then those that fell most."""
    up = sorted((row for row in rows if row.moved >= LEAST_MOVE), key=lambda row: -row.moved)
    down = sorted((row for row in rows if row.moved <= -LEAST_MOVE), key=lambda row: row.moved)
    return [*up[:MOST_MOVERS], *down[:MOST_MOVERS]]


def movements(rows: Sequence[Row], since: datetime) -> tuple[Movement, ...]:
    """Why these repositories moved since a time, and who can tell, in six queries."""
    if not rows:
        return ()
    past = histories([row.id for row in rows], since)
    recent = _recent(rows, past, since)
    why = causes(recent, since)
    steps = {row.id: _of(past, row).largest_step(since) for row in rows}
    people = _authors(recent, steps)
    return tuple(
        _movement(row, since, _of(past, row), why.get(row.id, ()), people.get(row.id, ()))
        for row in rows
    )


def movers(rows: Sequence[Row], since: datetime) -> tuple[Movement, ...]:
    """What speaks for where each of these went, without people, in four queries.

    Nothing new lifts a score and nothing fixed lowers one, so of those that rose only what went is
    asked for, and of those that fell only what came.
    """
    if not rows:
        return ()
    past = histories([row.id for row in rows], since)
    fell = _recent([row for row in rows if row.moved < 0], past, since)
    rose = _recent([row for row in rows if row.moved >= 0], past, since)
    why = causes_of_moves(fell, rose, since)
    return tuple(_movement(row, since, _of(past, row), why.get(row.id, ()), ()) for row in rows)


def _recent(
    rows: Sequence[Row], past: Mapping[int, History], since: datetime
) -> Mapping[int, Sequence[int]]:
    return {row.id: [each.snapshot for each in _of(past, row).since(since)] for row in rows}


def _of(past: Mapping[int, History], row: Row) -> History:
    return past.get(row.id, NONE)


def _movement(
    row: Row, since: datetime, past: History, why: Sequence[Cause], authors: Sequence[str]
) -> Movement:
    step, then = past.largest_step(since), past.before(since)
    rose = bool(then and (row.score or 0.0) > then.score)
    return Movement(
        row=row,
        since=since,
        causes=tuple(sorted(why, key=lambda cause: (cause.effect > 0) != rose)),
        rubric=past.rubric_effects(since),
        commit=step.commit if step else row.commit,
        subject=step.subject if step else "",
        authors=tuple(authors),
        before=then.commit if then else "",
    )


def _authors(
    recent: Mapping[int, Sequence[int]], steps: Mapping[int, Moment | None]
) -> Mapping[int, tuple[str, ...]]:
    """Who wrote the largest step, and whose commits brought findings; in two queries."""
    named: dict[int, set[str]] = defaultdict(set)
    snapshots = [step.snapshot for step in steps.values() if step]
    wrote = Snapshot.objects.filter(pk__in=snapshots).exclude(author="")
    for repository, name in wrote.values_list("repository_id", "author"):
        named[repository].add(name)
    ids = [snapshot for several in recent.values() for snapshot in several]
    brought = Finding.objects.filter(first_in__in=ids, cost__gt=0, opened_by_rubric=False)
    rows = brought.exclude(introduced_by="").order_by()
    for repository, name in rows.values_list("repository_id", "introduced_by").distinct():
        named[repository].add(name)
    return {
        repository: tuple(sorted(names, key=str.casefold)[:MOST_AUTHORS])
        for repository, names in named.items()
    }
