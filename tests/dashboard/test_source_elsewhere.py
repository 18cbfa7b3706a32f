"""The page of a file on a machine that lacks the mirror: fetched at once, or said why not yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from dashboard.addresses import file_address
from scanner import bootstrap
from scanner.application.configuration import Configuration
from scanner.application.errands import Errands
from scanner.application.registration import RegistrationRequest
from scanner.bootstrap.environment import mirror_folder
from scanner.storage.models import Repository, Team
from tests.services.git_http import GitHttpServer, Temper
from tests.services.processes import await_value
from tests.services.repositories import RepositoryBuilder

PATH = "shop/prices.py"


@pytest.fixture
def served(
    team: Team, reachable: Configuration, git_http: GitHttpServer, settings: Settings,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory,
) -> Repository:  # fmt: skip
    """A repository that another machine has scanned."""
    builder = RepositoryBuilder(tmp_path_factory.mktemp("builder"))
    builder.commit({PATH: "def total(prices):\n    return sum(prices)\n"})
    name = tmp_path.name
    git_http.publish(builder, name)
    settings.CODEVITALS = replace(reachable, data_dir=tmp_path / "there")
    request = RegistrationRequest(team.pk, git_http.url("open", name))
    bootstrap.scanning().run(bootstrap.registration().register(request).scan_id)
    settings.CODEVITALS = replace(reachable, data_dir=tmp_path / "here")
    monkeypatch.setattr("scanner.bootstrap.showing._ERRANDS", Errands(patience=0.2))
    return Repository.objects.get()


def page(client: Client, repository: Repository) -> str:
    return client.get(file_address(repository.team.slug, repository.slug, PATH)).content.decode()


def move(repository: Repository, host: GitHttpServer, temper: Temper) -> None:
    """Let the repository be on a host of this temper."""
    repository.address = host.url(temper, repository.slug)
    repository.save(update_fields=["address"])


@pytest.fixture
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitHttpServer]:
    """A host of this test alone: what waits for it ends with it."""
    server = GitHttpServer(tmp_path_factory.mktemp("host"))
    server.start()
    yield server
    server.stop()


def test_the_mirror_is_fetched_for_the_page(lead_client: Client, served: Repository) -> None:
    def shown() -> bool:
        return '<span class="nf">total</span>' in page(lead_client, served)

    await_value(shown, what="the source")
    assert (mirror_folder(served.pk) / "mirror.git").exists()


def test_a_host_that_takes_its_time_holds_no_page(
    lead_client: Client, served: Repository, host: GitHttpServer
) -> None:
    move(served, host, "mute")
    for _ in range(2):
        text = page(lead_client, served)
        assert "This machine is fetching the repository" in text
        assert "Load the page again" in text
        assert "TY01" in text  # the findings are in the database


def test_a_host_that_refuses_is_asked_once_a_minute(
    lead_client: Client, served: Repository, host: GitHttpServer
) -> None:
    move(served, host, "denied")
    await_value(lambda: "fetching" not in page(lead_client, served), what="the refusal")
    asked = len(host.requests)
    text = page(lead_client, served)
    assert '<div class="notice warn">' in text
    assert len(host.requests) == asked > 0


def test_a_commit_that_left_its_branch_is_gone(lead_client: Client, served: Repository) -> None:
    assert served.latest is not None
    served.latest.commit = "1" * 40
    served.latest.save()
    await_value(
        lambda: "no longer on its branch" in page(lead_client, served), what="the explanation"
    )
