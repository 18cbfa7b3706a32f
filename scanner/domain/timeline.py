"""Which commits of a chain become points: one a week, each tag, or all."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import UTC, date, datetime, time
from typing import Final, Literal

from scanner.domain.revisions import Link, Revision

Every = Literal["week", "tag", "commit"]
EVERY: Final[tuple[Every, ...]] = ("week", "tag", "commit")


def points(
    chain: Sequence[Link], every: Every, tagged: Container[str] = (), since: date | None = None
) -> list[Link]:
    """The chosen links of a chain, oldest first.

    A week is an ISO week in UTC by the committer's clock; its point is the last commit of the
    chain in it. The head is a point whatever is asked for. `tagged` holds the commits with tags;
    `since` is inclusive, and a head before it leaves no point.
    """
    start = datetime.combine(since, time(), UTC) if since else None
    chosen = _chosen(chain, every, tagged)
    return [link for link in chosen if start is None or link.revision.committed_at >= start]


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
