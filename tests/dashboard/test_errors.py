"""Pages for what did not work: in the look, with a next step, and telling nothing."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from dashboard.views.errors import LEADS_ONLY, server_error
from scanner.storage.models import Repository


def test_a_missing_page_says_what_to_do(lead_client: Client) -> None:
    response = lead_client.get("/no/such/page/")

    text = response.content.decode()
    assert response.status_code == 404
    assert "There is no page at this address." in text
    assert "ask an owner of the team" in text


def test_a_visitor_is_told_the_same(client: Client, db: None) -> None:
    assert client.get("/no/such/page/").status_code == 404


def test_a_form_without_its_token_changes_nothing(repository: Repository) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/sign-in/", {"username": "lead", "password": "x"})

    text = response.content.decode()
    assert response.status_code == 403
    assert "Nothing was changed." in text
    assert "Open the page again" in text


def test_an_unknown_host_is_refused_with_a_next_step(lead_client: Client) -> None:
    response = lead_client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "CODEVITALS_HOSTS" in response.content.decode()


def test_a_fault_shows_no_more_than_its_number(
    lead_client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError("password=hunter2 at 10.0.0.7")

    monkeypatch.setattr("dashboard.views.findings.frame_of", broken)
    lead_client.raise_request_exception = False

    response = lead_client.get("/r/a/b/findings/", headers={"X-Request-ID": "abcdef-123456"})

    text = response.content.decode()
    assert response.status_code == 500
    assert "Something broke on our side." in text
    assert "abcdef-123456" in text
    assert "hunter2" not in text
    assert "Traceback" not in text


def test_the_page_for_a_fault_needs_no_database(rf: RequestFactory) -> None:
    response = server_error(rf.get("/"))

    assert response.status_code == 500
    assert "stored scores are not touched" in response.content.decode()


def test_a_refusal_names_who_can_help(viewer_client: Client, repository: Repository) -> None:
    response = viewer_client.get(
        reverse("repository-settings", args=[repository.team.slug, repository.slug])
    )

    text = response.content.decode()
    assert response.status_code == 403
    assert LEADS_ONLY.message in text
    assert LEADS_ONLY.next_step in text
