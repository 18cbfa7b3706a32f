"""A comparison of two snapshots cannot change, so a browser that has it is not sent it again."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from scanner.application.configuration import Configuration
from scanner.storage.models import Repository, Team
from tests.dashboard.compared import build_shop, judge_pairs, register_shop

FORMATS = ("", "&format=json", "&format=csv", "&format=markdown", "&by=author")


@pytest.fixture
def shop(team: Team, reachable: Configuration, tmp_path: Path) -> Repository:
    """A repository in git with two scans."""
    return register_shop(team, build_shop(tmp_path / "shop"))


@pytest.fixture
def address(shop: Repository, viewer_client: Client) -> str:
    """The page that compares both, once a worker has judged."""
    first, last = shop.snapshots.filter(backfilled=False).order_by("committed_at")
    place = reverse("compare", args=[shop.team.slug, shop.slug])
    address = f"{place}?from={first.commit}&to={last.commit}"
    viewer_client.get(address)
    judge_pairs()
    return address


@pytest.mark.parametrize("form", FORMATS)
def test_it_is_sent_once(viewer_client: Client, address: str, form: str) -> None:
    first = viewer_client.get(address + form)
    again = viewer_client.get(address + form, headers={"if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert "private" in again["Cache-Control"]


def test_what_the_page_says_around_it_is_sent_anew(
    viewer_client: Client, address: str, shop: Repository
) -> None:
    tag = viewer_client.get(address)["ETag"]
    Repository.objects.filter(pk=shop.pk).update(name="Renamed")

    assert viewer_client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_a_line_as_it_was_is_kept_too(
    viewer_client: Client, address: str, shop: Repository
) -> None:
    query = address.partition("?")[2]
    place = reverse("compare-file", args=[shop.team.slug, shop.slug, "shop/load.py"])
    first = viewer_client.get(f"{place}?{query}&side=after&line=4")
    tag = first["ETag"]

    assert first.status_code == 200
    assert (
        viewer_client.get(
            f"{place}?{query}&side=after&line=4", headers={"if-none-match": tag}
        ).status_code
        == 304
    )
    assert (
        viewer_client.get(
            f"{place}?{query}&side=after&line=9", headers={"if-none-match": tag}
        ).status_code
        == 200
    )


def test_a_comparison_that_waits_is_never_kept(viewer_client: Client, address: str) -> None:
    swapped = address.replace("from=", "was=").replace("to=", "from=").replace("was=", "to=")
    waiting = viewer_client.get(swapped)

    assert "ETag" not in waiting
    assert waiting["Cache-Control"] == "no-store"
