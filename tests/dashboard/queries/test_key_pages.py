"""Pages of long lists are the same from whichever end they are read."""

from __future__ import annotations

import pytest

from dashboard.queries.findings import SORTS, FindingFilter, page_of, stream
from scanner.storage.models import Finding, Repository
from tests.dashboard.test_findings import add_findings


@pytest.mark.parametrize("sort", SORTS)
def test_all_pages_together_are_the_whole_list(repository: Repository, sort: str) -> None:
    add_findings(repository, 150)
    Finding.objects.filter(line__lt=60).update(points=1.5)
    wanted = FindingFilter(sort=sort)
    whole = [row.fingerprint for row in stream(repository.pk, wanted)]

    pages = [page_of(repository.pk, wanted, number) for number in (1, 2, 3, 4)]

    assert [row.fingerprint for page in pages for row in page.rows] == whole
    assert [page.first for page in pages] == [1, 51, 101, 151]
    assert page_of(repository.pk, wanted, 99).rows == pages[-1].rows


def test_an_empty_list_is_one_page(repository: Repository) -> None:
    page = page_of(repository.pk, FindingFilter(text="nothing like this"), 3)

    assert (page.rows, page.total, page.number, page.pages, page.first) == ((), 0, 1, 1, 0)
