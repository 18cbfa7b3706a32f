"""A file's own past: its score, lines and complexity by its changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from dashboard.addresses import file_address, history_address
from scanner import bootstrap
from scanner.application.configuration import Configuration
from scanner.application.registration import RegistrationRequest
from scanner.domain.rubric import DEFAULT
from scanner.storage.models import Repository, Team
from tests.services.repositories import RepositoryBuilder

CLEAN = "def total(prices: list[int]) -> int:\n    return sum(prices)\n"
BARE = "def total(prices):\n    return sum(prices)\n"
SILENT = """

def save(row):
    try:
        store(row)
    except Exception:
        pass
"""
HTMX = {"HX-Request": "true"}


def scanned(team: Team, folder: Path) -> Repository:
    request = RegistrationRequest(team.pk, str(folder), may_use_paths=True)
    registered = bootstrap.registration().register(request)
    bootstrap.scanning().run(registered.scan_id)
    return Repository.objects.get(pk=registered.repository.id)


@pytest.fixture
def shop(team: Team, reachable: Configuration, tmp_path: Path, quick_passwords: None) -> Repository:
    """A repository with a module that was clean, was renamed, and went bad."""
    builder = RepositoryBuilder(tmp_path / "shop")
    builder.commit({"shop/prices.py": CLEAN, "shop/rows.py": "ROWS = 3\n"})
    builder.commit({"shop/prices.py": None, "shop/costs.py": CLEAN})
    builder.commit({"shop/rows.py": "ROWS = 4\n"})
    builder.commit({"shop/costs.py": "def (:\n"})
    builder.commit({"shop/costs.py": BARE + SILENT})
    return scanned(team, tmp_path / "shop")


def past(client: Client, repository: Repository, path: str, **headers: str) -> str:
    address = history_address(repository.team.slug, repository.slug, path)
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def rows(text: str) -> list[list[str]]:
    """The table: commit, score, lines, complexity."""
    found = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", text, re.DOTALL)
    return [re.sub(r"<[^>]+>", " ", row).split() for row in found]


def test_it_works(lead_client: Client, shop: Repository) -> None:
    text = past(lead_client, shop, "shop/costs.py")
    assert [row[-2:] for row in rows(text)] == [["9", "3"], ["2", "1"], ["2", "1"]]
    assert [row[-3] for row in rows(text)][1:] == ["100.0", "100.0"]
    assert float(rows(text)[0][-3]) < 100
    assert "3 changes" in text
    assert "1 could not be read" in text
    assert 'Before: <span class="path">shop/' in text
    assert '<details class="twin" open>' in text


def test_the_newest_score_is_that_of_the_page(lead_client: Client, shop: Repository) -> None:
    commit = shop.latest.commit if shop.latest else ""
    found = bootstrap.file_history().read(shop.pk, commit, "shop/costs.py", DEFAULT)
    assert found is not None
    assert found.moments[-1].commit == commit
    assert found.moments[-1].lines == shop.files.get(path="shop/costs.py").lines


def test_the_page_of_the_file_brings_it_as_a_part(lead_client: Client, shop: Repository) -> None:
    address = history_address(shop.team.slug, shop.slug, "shop/costs.py")
    page = lead_client.get(file_address(shop.team.slug, shop.slug, "shop/costs.py"))
    text = page.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert f'hx-get="{address}"' in text
    assert f'<a href="{address}">How it went</a>' in text
    assert "4 changes</a> in 90 days" in text
    part = past(lead_client, shop, "shop/costs.py", **HTMX)
    assert "<html" not in part
    assert part.count('class="plot steps"') == 3


def test_a_plain_folder_has_no_past(
    lead_client: Client, team: Team, reachable: Configuration, tmp_path: Path
) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "a.py").write_text(CLEAN)
    assert "A plain folder has no past." in past(
        lead_client, scanned(team, tmp_path / "plain"), "a.py"
    )


def test_what_is_not_scored_has_none(lead_client: Client, shop: Repository) -> None:
    address = history_address(shop.team.slug, shop.slug, "shop/prices.py")
    assert lead_client.get(address).status_code == 404


def test_a_foreign_file_is_not_there(foreign_client: Client, shop: Repository) -> None:
    address = history_address(shop.team.slug, shop.slug, "shop/costs.py")
    assert foreign_client.get(address).status_code == 404


def test_a_mirror_that_is_gone_is_told(
    lead_client: Client, shop: Repository, tmp_path: Path
) -> None:
    (tmp_path / "shop").rename(tmp_path / "elsewhere")
    text = past(lead_client, shop, "shop/costs.py")
    assert '<svg class="plot steps' not in text
    assert reverse("repository", args=[shop.team.slug, shop.slug]) in text
