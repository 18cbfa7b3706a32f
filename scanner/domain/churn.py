"""How often files changed: steps of a first-parent chain that touched each of them.

A merge is one step, whatever it brings. A file keeps its count when it is renamed; one that was
removed and made anew begins again. Who made a change is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple, get_args

Window = Literal[30, 90, 365]
WINDOWS: Final[tuple[Window, ...]] = get_args(Window)
"""Days that end with the commit that is looked at."""

USUAL: Final[Window] = 90


class Touch(NamedTuple):
    """One file of one step. Before is empty where the step made it, after where it removed it."""

    before: str
    after: str


class Step(NamedTuple):
    """What one commit of the chain changed of the one before it."""

    commit: str
    at: datetime
    touches: tuple[Touch, ...]


class Churn(NamedTuple):
    """The changes of one file in each window, the longest last."""

    month: int = 0
    quarter: int = 0
    year: int = 0

    def within(self, days: Window) -> int:
        """The changes in a window."""
        return self[WINDOWS.index(days)]


NEVER: Final = Churn()


def churn(steps: Sequence[Step], paths: Iterable[str]) -> dict[str, Churn]:
    """The churn of the files that a tree has now; `steps` lead to it, the newest first."""
    counts = {path: list(NEVER) for path in paths}
    if not steps:
        return dict.fromkeys(counts, NEVER)
    names = {path: path for path in counts}  # as they were at a step: as they are now
    for step in steps:
        within = _windows(steps[0].at - step.at)
        for now in _follow(names, step.touches):
            for place in within:
                counts[now][place] += 1
    return {path: Churn(*numbers) for path, numbers in counts.items()}


def _windows(age: timedelta) -> list[int]:
    return [place for place, days in enumerate(WINDOWS) if age <= timedelta(days=days)]


def _follow(names: dict[str, str], touches: Sequence[Touch]) -> list[str]:
    """The files that a step touched, by their name of now; `names` goes back before the step."""
    found = [(touch.before, names.pop(touch.after)) for touch in touches if touch.after in names]
    names.update({before: now for before, now in found if before})
    return [now for _, now in found]
