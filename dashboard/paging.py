"""Pages of a list whose filters live in the address."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, QueryDict

LONGEST_NUMBER: Final = 9  # digits


def page_number(request: HttpRequest) -> int:
    """The page asked for; the first when it is no sensible number."""
    text = request.GET.get("page", "")
    return int(text) if is_number(text) else 1


def is_number(text: str) -> bool:
    """Whether the text is a plain number of a sensible size."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def given_part(query: QueryDict) -> QueryDict:
    """What is set of a query, as a copy to be changed."""
    given = query.copy()
    for name in [name for name, value in query.items() if not value]:
        del given[name]
    return given


def shared_address(request: HttpRequest) -> str:
    """The address of this view of a list without what is not set, to be shared."""
    query = given_part(request.GET)
    return f"{request.path}?{query.urlencode()}" if query else request.path


class Pager:
    """Addresses of the pages beside this one, filters kept."""

    def __init__(self, query: QueryDict, number: int, pages: int) -> None:
        self._query = given_part(query)
        self.number = number
        self.pages = pages

    @property
    def previous(self) -> str:
        """The query of the page before; "" when this is the first."""
        return self._at(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """The query of the page after; "" when this is the last."""
        return self._at(self.number + 1) if self.number < self.pages else ""

    @property
    def csv(self) -> str:
        """The query of the same list as a CSV file."""
        query = self._query.copy()
        query.pop("page", None)
        query["format"] = "csv"
        return "?" + query.urlencode()

    def _at(self, number: int) -> str:
        query = self._query.copy()
        query["page"] = str(number)
        return "?" + query.urlencode()
