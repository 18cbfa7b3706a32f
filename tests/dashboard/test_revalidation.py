"""Answers that a browser keeps: tagged by their state, of one session, never without permission."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from scanner.storage.models import Membership, Repository
from tests.dashboard.conftest import client_of


@pytest.fixture
def path(repository: Repository) -> str:
    """An answer that is made of the past alone."""
    return reverse("trend-points", args=[repository.team.slug, repository.slug])


def tag_of(client: Client, path: str) -> str:
    """The tag of a whole answer."""
    response = client.get(path)
    assert response.status_code == 200
    return response["ETag"]


def status_of(client: Client, path: str, tag: str) -> int:
    """How a browser is answered that has what the tag names."""
    return client.get(path, headers={"if-none-match": tag}).status_code


def test_what_stays_the_same_is_not_sent_again(
    lead_client: Client, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tag = tag_of(lead_client, path)

    with django_assert_num_queries(5):  # session, user, frame, and the state of the past
        response = lead_client.get(path, headers={"if-none-match": tag})

    assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)
    assert {"private", "no-cache"} <= set(response["Cache-Control"].split(", "))
    assert "Cookie" in response["Vary"]


def test_compressed_answers_keep_their_tag(lead_client: Client, path: str) -> None:
    response = lead_client.get(path, headers={"accept-encoding": "gzip"})

    assert status_of(lead_client, path, response["ETag"]) == 304


def test_another_verdict_is_sent(lead_client: Client, repository: Repository, path: str) -> None:
    tag = tag_of(lead_client, path)
    last = repository.snapshots.latest("pk")
    last.vanished = True
    last.save()

    assert status_of(lead_client, path, tag) == 200


def test_another_range_is_sent(lead_client: Client, path: str) -> None:
    assert status_of(lead_client, f"{path}?show=typing", tag_of(lead_client, path)) == 200


def test_a_tag_is_worth_nothing_in_another_session(
    lead_client: Client, viewer_client: Client, lead: User, path: str
) -> None:
    tag = tag_of(lead_client, path)

    assert status_of(viewer_client, path, tag) == 200
    assert status_of(client_of(lead), path, tag) == 200


def test_who_may_see_no_longer_is_not_told_that_nothing_changed(
    lead_client: Client, lead: User, path: str
) -> None:
    tag = tag_of(lead_client, path)
    Membership.objects.filter(user=lead).delete()

    assert status_of(lead_client, path, tag) == 404
    lead_client.logout()
    assert status_of(lead_client, path, tag) == 302


def test_a_page_of_two_rubrics_is_kept_too(lead_client: Client, repository: Repository) -> None:
    path = reverse("rubric-change", args=[repository.team.slug, repository.slug, "1", "1"])
    tag = tag_of(lead_client, path)

    assert status_of(lead_client, path, tag) == 304
    lead_client.cookies["theme"] = "dark"
    assert status_of(lead_client, path, tag) == 200
