"""What principles and rules hand to the assessment: sites, and offences that charge them."""

from __future__ import annotations

from typing import NamedTuple

from scanner.domain.findings import MILLION, Place

WHOLE_FILE = "file"
"""The key of a site that is a file as a whole."""


class Site(NamedTuple):
    """A place that a principle looks at. `mass` is in millionths of the principle's unit."""

    key: str  # unique in the file, within the principle
    mass: int
    places: int = 1  # how many it stands for: a function stands for all its slots


class Cost(NamedTuple):
    """What an offence takes from one site, in millionths.

    No site means pure debt. `path` is empty for the offence's own file.
    """

    amount: int
    site: str = ""
    line: int = 0  # 0: the offence's own line
    path: str = ""


class Offence(NamedTuple):
    """One offender, before it becomes a finding.

    Without a `digest` the offence is about a whole (a file, class, function or cycle) and keeps its
    identity through any edit inside it; with one, it is about a place.
    """

    line: int
    end_line: int
    symbol: str
    message: str
    costs: tuple[Cost, ...] = ()  # none, or all zero: advisory
    digest: str = ""
    detail: str = ""
    effort: int = 0  # minutes; 0: the rule's own
    path: str = ""  # empty from a module rule: the module's
    related: tuple[Place, ...] = ()  # other files of the same offence

    @property
    def total(self) -> int:
        """The whole cost."""
        return sum(cost.amount for cost in self.costs)


def millionths(amount: float) -> int:
    """A mass or cost in its unit, rounded once to whole millionths."""
    return round(amount * MILLION)


def split(total: int, parts: int) -> list[int]:
    """Share a cost as evenly as whole millionths allow; the shares sum to the total."""
    share, rest = divmod(total, parts)
    return [share + (index < rest) for index in range(parts)]
