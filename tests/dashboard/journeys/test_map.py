"""The map, the hotspots and a file's past, in a real browser: readable, on a phone, by keyboard."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.models import User
from django.urls import reverse

from dashboard.addresses import file_address, history_address
from scanner import bootstrap
from scanner.application.configuration import Configuration
from scanner.application.registration import RegistrationRequest
from scanner.storage.models import Repository, Team
from tests.dashboard.conftest import client_of
from tests.dashboard.journeys.conftest import judge
from tests.dashboard.journeys.test_pages import problems
from tests.services.browser import Visitors
from tests.services.repositories import RepositoryBuilder

MOST_STOPS = 60
BARE = "def total(prices):\n    return sum(prices)\n"


def test_pictures_of_files_are_clean(
    visitors: Visitors, repository: Repository, owner: User
) -> None:
    visitor = visitors.come()
    visitor.bring(client_of(owner))
    place = [repository.team.slug, repository.slug]
    for name in ("repository", "hotspots", "folders"):
        assert problems(visitor, reverse(name, args=place), f"{name}-drawn") == []


def test_the_keyboard_opens_a_folder_and_comes_back_without_script(
    visitors: Visitors, repository: Repository, owner: User
) -> None:
    visitor = visitors.come(script=False)
    visitor.bring(client_of(owner))
    page = visitor.page
    visitor.open(reverse("folders", args=[repository.team.slug, repository.slug]))

    opener = page.locator(".tree .flat a.dir[aria-label^='infrastructure/']")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.locator(".tree .flat a.dir[aria-label^='infrastructure/']:focus").count():
            break
    assert opener.locator(".tip").evaluate("tip => getComputedStyle(tip).opacity") == "1"
    page.keyboard.press("Enter")
    page.wait_for_url("**/folders/?folder=orders%2Finfrastructure%2F")
    page.get_by_role("link", name="Typing").click()
    page.wait_for_url("**/folders/?folder=orders%2Finfrastructure%2F&by=typing")
    page.get_by_role("link", name="All files").click()
    page.wait_for_url("**/folders/?by=typing")


def test_a_file_brings_its_past(
    visitors: Visitors, team: Team, owner: User, reachable: Configuration, tmp_path: Path
) -> None:
    builder = RepositoryBuilder(tmp_path / "shop")
    for count in range(1, 4):
        builder.commit({"shop/prices.py": BARE * count})
    request = RegistrationRequest(team.pk, str(tmp_path / "shop"), may_use_paths=True)
    judge(bootstrap.registration().register(request).scan_id)
    visitor = visitors.come()
    visitor.bring(client_of(owner))

    address = file_address(team.slug, "shop", "shop/prices.py")
    visitor.open(address)
    visitor.page.locator(".past svg.steps").first.wait_for()
    assert visitor.page.locator(".past svg.steps").count() == 3
    assert problems(visitor, address, "file-past") == []
    assert problems(visitor, history_address(team.slug, "shop", "shop/prices.py"), "past") == []
