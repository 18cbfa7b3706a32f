"""Which commits of a chain become points: one a week, each tag, or all."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Final, Literal

from scanner.domain.revisions import Link, Revision

Every = Literal["week", "tag", "commit"]
EVERY: Final[tuple[Every, ...]] = ("week", "tag", "commit")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which points of a past someone wants. Days are UTC and belong to it, both."""

    every: Every = "week"
    since: date | None = None
    until: date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it holds at least what every past is to hold: a point a week, all the time."""
        return self.every != "tag" and self.since is None and self.until is None

    def holds(self, revision: Revision) -> bool:
        """Whether a commit is of its time."""
        day = revision.committed_at.astimezone(UTC).date()
        return (self.since is None or day >= self.since) and (
            self.until is None or day <= self.until
        )


def points(chain: Sequence[Link], choice: Choice, tagged: Container[str] = ()) -> list[Link]:
    """The chosen links of a chain, oldest first.

    A week is an ISO week in UTC by the committer's clock; its point is the last commit of the
    chain in it. The head is a point whatever is asked for, if it is of the chosen time. `tagged`
    holds the commits with tags.
    """
    chosen = _chosen(chain, choice.every, tagged)
    return [link for link in chosen if choice.holds(link.revision)]


def _chosen(chain: Sequence[Link], every: Every, tagged: Container[str]) -> Sequence[Link]:
    if every == "commit" or not chain:
        return chain
    if every == "tag":
        return [link for link in chain[:-1] if link.revision.commit in tagged] + [chain[-1]]
    last = {_week(link.revision): number for number, link in enumerate(chain)}
    return [chain[number] for number in sorted({*last.values(), len(chain) - 1})]


def _week(revision: Revision) -> tuple[int, int]:
    year, week, _ = revision.committed_at.astimezone(UTC).isocalendar()
    return year, week
