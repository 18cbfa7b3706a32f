"""The two points that an address chooses, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from dashboard.compare_points import Point, UnknownPointError, find, last_step, text_of
from dashboard.queries.compare import Points


@dataclass(frozen=True, slots=True)
class Choice:
    """The two points of an address, and what is wrong with them."""

    before: Point | None
    after: Point | None
    texts: tuple[str, str]
    problems: tuple[str, str]

    @property
    def query(self) -> str:
        """The part of an address that chooses them."""
        return urlencode({"from": self.texts[0], "to": self.texts[1]})


def choice_of(points: Points, given: QueryDict) -> Choice:
    """What an address chooses; by default the last scan against the one before."""
    history = points.history
    step = last_step(history, points.latest)
    default = (text_of(history, step[0]), text_of(history, step[1])) if step else ("", "")
    texts = (given.get("from", "").strip() or default[0], given.get("to", "").strip() or default[1])
    newest = {"HEAD", points.frame.branch} if step else set()
    found: list[Point | None] = []
    problems: list[str] = []
    for text in texts:
        try:
            found.append(find(history, default[1] if text in newest else text) if text else None)
            problems.append("")
        except UnknownPointError as error:
            found.append(None)
            problems.append(str(error))
    return Choice(found[0], found[1], texts, (problems[0], problems[1]))
