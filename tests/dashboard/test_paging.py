"""Pages of a list whose filters live in the address."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from dashboard.paging import Pager, page_number, shared_address


@pytest.mark.parametrize(
    ("given", "page"),
    [("", 1), ("3", 3), ("x", 1), ("-2", 1), ("٣", 1), ("9999999999", 1), ("999999999", 999999999)],
)
def test_the_page_is_the_first_when_it_is_no_sensible_number(given: str, page: int) -> None:
    assert page_number(RequestFactory().get("/", {"page": given})) == page


def test_a_shared_address_holds_what_is_set() -> None:
    get = RequestFactory().get
    assert shared_address(get("/x/?rule=&path=a%20b&sort=")) == "/x/?path=a+b"
    assert shared_address(get("/x/?rule=")) == "/x/"


def test_pages_beside_this_one_keep_the_filters() -> None:
    pager = Pager(QueryDict("rule=FF01&text=&page=2"), 2, 3)
    assert (pager.previous, pager.next) == ("?rule=FF01&page=1", "?rule=FF01&page=3")
    assert pager.csv == "?rule=FF01&format=csv"


def test_the_first_and_the_last_page_have_one_neighbour() -> None:
    assert Pager(QueryDict(), 1, 2).previous == ""
    assert Pager(QueryDict(), 2, 2).next == ""
