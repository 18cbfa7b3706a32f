"""Which two points to compare: as they stand in the address, by default, and at one click."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from dashboard.queries.history import History, Moment
from dashboard.queries.repository import current, previous
from scanner.application.comparisons import AskedPoint

VERDICT: Final = re.compile(r"verdict-(\d{1,15})")
COMMIT: Final = re.compile(r"[0-9a-f]{4,64}")
SHORTEST_UNJUDGED: Final = 7  # digits of a commit that no verdict names
LONGEST: Final = 100  # characters
SHOWN_DIGITS: Final = 12
BACK: Final[Mapping[str, timedelta]] = {
    "Last week": timedelta(days=7),
    "Last month": timedelta(days=30),
    "A year ago": timedelta(days=365),
}
MOST_OFFERED: Final = 80


@dataclass(frozen=True, slots=True)
class Point:
    """A chosen point. Without a moment it is a commit that no verdict names, by its digits."""

    text: str  # that chooses it
    commit: str
    moment: Moment | None

    @property
    def asked(self) -> AskedPoint:
        """The point as it is asked for."""
        return AskedPoint(self.commit, self.moment.snapshot if self.moment else None)

    @property
    def words(self) -> str:
        """Its tag, or else its day, or else its digits."""
        if self.moment is None:
            return self.commit[:8]
        return self.moment.tags[0] if self.moment.tags else f"{self.moment.at:%-d %b %Y}"


@dataclass(frozen=True, slots=True)
class Way:
    """A pair at one click."""

    words: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A point that a field proposes."""

    text: str
    words: str


class UnknownPointError(Exception):
    """Nothing is called like this; the message says what would be."""


def find(history: History, text: str) -> Point:
    """What a text names: a tag, a commit, a day or a verdict. Raises UnknownPointError."""
    wanted = text.strip()[:LONGEST]
    verdict = VERDICT.fullmatch(wanted)
    if verdict:
        return _verdict(history, int(verdict[1]), wanted)
    tagged = next((one for one in _newest_first(history) if wanted in one.tags), None)
    if tagged is not None:
        return Point(wanted, tagged.commit, tagged)
    day = _day(wanted)
    if day is not None:
        return _at_the_end_of(history, day, wanted)
    if COMMIT.fullmatch(wanted.lower()):
        return _commit(history, wanted.lower())
    raise UnknownPointError(
        "Nothing is called so: give a release tag, a commit, a day or the branch."
    )


def text_of(history: History, moment: Moment) -> str:
    """What chooses a moment: its commit, unless that was judged more than once."""
    several = [one for one in _all(history) if one.commit == moment.commit]
    if len(several) > 1:
        return f"verdict-{moment.snapshot}"
    return moment.commit[:SHOWN_DIGITS]


def last_step(history: History, latest: int | None) -> tuple[Moment, Moment] | None:
    """The last scan and the one before it: where a comparison begins.

    Before the second scan it is the point of the past before; None where there is none either.
    """
    now = current(history, latest) if latest else None
    if now is None or latest is None:
        return None
    before = previous(history, latest) or history.before(now.at)
    return (before, now) if before else None


def ways(history: History, last: tuple[Moment, Moment] | None) -> list[Way]:
    """The pairs at one click that this history can show; all end where the `last` step ends."""
    if last is None:
        return []
    before, latest = last
    end = text_of(history, latest)
    found = [Way("Last scan", text_of(history, before), end)]
    for words, span in BACK.items():
        then = history.before(latest.at - span + timedelta(microseconds=1))
        if then is not None:
            found.append(Way(words, text_of(history, then), end))
    release = next(
        (one for one in _newest_first(history) if one.tags and one.commit != latest.commit), None
    )
    if release is not None:
        found.insert(-1 if found[-1].words == "A year ago" else len(found),
                     Way("Last release", release.tags[0], end))  # fmt: skip
    return found


def offers(history: History) -> list[Offer]:
    """What the fields propose: tags and the last scans, newest first."""
    found = [
        Offer(one.tags[0] if one.tags else text_of(history, one), _about(one))
        for one in _newest_first(history)
        if one.tags or not one.backfilled
    ]
    return found[:MOST_OFFERED]


def _about(moment: Moment) -> str:
    return f"{moment.at:%-d %b %Y}, {moment.commit[:8]}"


def _verdict(history: History, number: int, text: str) -> Point:
    for one in _all(history):
        if one.snapshot == number:
            return Point(text, one.commit, one)
    raise UnknownPointError("This verdict is no longer kept.")


def _at_the_end_of(history: History, day: date, text: str) -> Point:
    found = history.before(datetime.combine(day + timedelta(days=1), time(), UTC))
    if found is None:
        raise UnknownPointError("The past that was read begins after this day.")
    return Point(text, found.commit, found)


def _commit(history: History, digits: str) -> Point:
    found = {one.commit: one for one in _all(history) if one.commit.startswith(digits)}
    if len(found) > 1:
        raise UnknownPointError(f"{len(found)} commits begin like this; give more digits.")
    if found:
        (moment,) = found.values()
        return Point(digits, moment.commit, moment)
    if len(digits) < SHORTEST_UNJUDGED:
        raise UnknownPointError(
            f"No point of the trend begins like this; of another commit give {SHORTEST_UNJUDGED}"
            " digits or more."
        )
    return Point(digits, digits, None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2025-01-31") else None
    except ValueError:
        return None


def _all(history: History) -> Iterator[Moment]:
    """Every verdict, of those on one commit the last one last."""
    for moment in history.moments:
        yield from moment.verdicts
    known = {one.snapshot for one in history.moments}
    yield from (one for one in (*history.past, *history.gone) if one.snapshot not in known)


def _newest_first(history: History) -> Iterable[Moment]:
    return reversed(history.past)
