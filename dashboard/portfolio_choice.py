"""What the address of the portfolio asks for: filters, order, and which view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict

from dashboard.charts.scale import GRADES
from dashboard.principles import LABELS
from dashboard.queries.portfolio_rows import Row

LONGEST_TEXT: Final = 100
DESCENDING: Final = "-"
MATRIX: Final = "matrix"
VIEWS: Final = {"": "Table", MATRIX: "Matrix"}

_UNKNOWN_LAST: Final = 1_000.0


def _of_principle(key: str, row: Row) -> float:
    score = row.principle(key)
    return _UNKNOWN_LAST if score is None else score


SORTS: Final[dict[str, Callable[[Row], Any]]] = {
    "score": lambda row: _UNKNOWN_LAST if row.score is None else row.score,
    "name": lambda row: row.name.casefold(),
    "change": lambda row: _UNKNOWN_LAST if row.week is None else row.week,
    "new": lambda row: row.new,
    "fixed": lambda row: row.fixed,
    **{key: partial(_of_principle, key) for key in LABELS},
}
_NAMES: Final = {
    "name": "Repository",
    "score": "Score",
    "change": "This week",
    "new": "New",
    "fixed": "Fixed",
}


@dataclass(frozen=True, slots=True)
class Head:
    """A column that sorts: where its link leads, and how it is sorted now."""

    key: str
    label: str
    title: str
    sort: str  # what its link asks for
    href: str
    order: str  # "ascending" | "descending" | ""


@dataclass(frozen=True, slots=True)
class View:
    """A way to look at the same repositories."""

    name: str
    href: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for; whatever is unknown in it is left out."""

    text: str
    team: str
    label: str
    grades: tuple[str, ...]
    sort: str
    view: str

    @classmethod
    def read(cls, query: QueryDict) -> Choice:
        """The choice in a query string."""
        sort, view = query.get("sort", ""), query.get("view", "")
        return cls(
            text=query.get("q", "").strip()[:LONGEST_TEXT],
            team=query.get("team", "")[:LONGEST_TEXT].replace("\0", ""),  # PostgreSQL takes none
            label=query.get("label", "")[:LONGEST_TEXT],
            grades=tuple(letter for letter in GRADES if letter in query.getlist("grade")),
            sort=sort if sort.removeprefix(DESCENDING) in SORTS else "score",
            view=view if view in VIEWS else "",
        )

    @property
    def key(self) -> str:
        """The column that it is sorted by."""
        return self.sort.removeprefix(DESCENDING)

    @property
    def is_matrix(self) -> bool:
        """Whether repositories are shown by principle alone."""
        return self.view == MATRIX

    def admits(self, row: Row) -> bool:
        """Whether a row is asked for."""
        named = self.text.casefold() in " ".join((row.name, row.team, *row.labels)).casefold()
        labelled = not self.label or self.label in row.labels
        return named and labelled and (not self.grades or row.grade in self.grades)

    def address(self, sort: str, view: str) -> str:
        """The query string of this choice in another order or view."""
        pairs = [
            ("q", self.text), ("team", self.team), ("label", self.label),
            *(("grade", letter) for letter in self.grades),
            ("view", view), ("sort", sort),
        ]  # fmt: skip
        return "?" + urlencode([(key, value) for key, value in pairs if value])

    def heads(self) -> dict[str, Head]:
        """The columns that sort, by key."""
        return {key: self._head(key) for key in SORTS}

    def views(self) -> list[View]:
        """The other ways to look at it, and this one."""
        return [
            View(name, self.address(self.sort, key), key == self.view)
            for key, name in VIEWS.items()
        ]

    def arrange(self, rows: Sequence[Row]) -> list[Row]:
        """Rows in the order asked for, by name among equals; what has no score comes last."""
        ordered = sorted(rows, key=lambda row: row.name.casefold())
        ordered.sort(key=SORTS[self.key], reverse=self.sort.startswith(DESCENDING))
        return sorted(ordered, key=self._is_unknown)

    def _is_unknown(self, row: Row) -> bool:
        return row.score is None or (self.key in LABELS and row.principle(self.key) is None)

    def _head(self, key: str) -> Head:
        order, sort = "", key
        if self.sort == key:
            order, sort = "ascending", DESCENDING + key
        elif self.sort == DESCENDING + key:
            order = "descending"
        label = LABELS.get(key)
        name = label.short if label else _NAMES[key]
        title = label.name if label else name
        return Head(key, name, title, sort, self.address(sort, self.view), order)
