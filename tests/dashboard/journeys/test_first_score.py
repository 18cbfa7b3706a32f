"""From an empty portfolio to the line that costs a point, as a team lead walks it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from scanner.application.configuration import Configuration
from tests.dashboard.journeys.conftest import LEDGER
from tests.portfolio import PASSWORD
from tests.services.browser import Visitors
from tests.services.git_http import GitHttpServer
from tests.services.git_ssh import GitSshServer
from tests.services.repositories import RepositoryBuilder
from tests.services.worker import Worker

LONG_SCAN = 60_000  # milliseconds


@pytest.fixture
def books_url(git_http: GitHttpServer, tmp_path: Path) -> str:
    """The address of a repository that is served over HTTP."""
    builder = RepositoryBuilder(tmp_path / "books")
    builder.commit({"books/__init__.py": "", "books/ledger.py": LEDGER})
    git_http.publish(builder, tmp_path.name)
    return git_http.url("open", tmp_path.name)


def test_from_an_address_to_a_line(
    visitors: Visitors,
    worker: Worker,
    reachable: Configuration,
    lead: User,
    books_url: str,
) -> None:
    visitor = visitors.come()
    page = visitor.page

    visitor.open("/")
    visitor.sign_in(lead.username, PASSWORD)
    page.get_by_role("link", name="Add repository").first.click()
    page.get_by_label("Repository address").fill(books_url)
    page.get_by_role("button", name="Register and scan").click()

    expect(page.get_by_text("its first scan is queued")).to_be_visible()
    expect(page.get_by_role("link", name="See the verdict")).to_be_visible(timeout=LONG_SCAN)
    expect(page.get_by_role("heading", level=1)).to_contain_text("scored")
    page.get_by_role("link", name="See the verdict").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(" is a")
    tabs = page.get_by_role("navigation", name="Repository", exact=True)
    tabs.get_by_role("link", name="Findings").click()
    page.get_by_role("link", name="books/ledger.py:16").click()

    expect(page).to_have_url(re.compile(r"/file/books/ledger\.py#L16$"))
    expect(page.locator("#L16")).to_contain_text("except Exception:")
    expect(page.locator("#L16 + .finding-row")).to_contain_text("Silent except.")
    expect(page.locator("#L16")).to_be_in_viewport()
    assert visitor.complaints == []


def test_a_host_is_confirmed_before_its_repository_is_read(
    visitors: Visitors,
    worker: Worker,
    reachable: Configuration,
    lead: User,
    git_ssh: GitSshServer,
    tmp_path: Path,
) -> None:
    builder = RepositoryBuilder(tmp_path / "books")
    builder.commit({"books/__init__.py": "", "books/ledger.py": LEDGER})
    git_ssh.publish(builder, tmp_path.name)
    visitor = visitors.come(width=360)
    page = visitor.page

    visitor.open("/repositories/add/")
    visitor.sign_in(lead.username, PASSWORD)
    page.get_by_label("Repository address").fill(git_ssh.url(tmp_path.name))
    page.get_by_role("button", name="Register and scan").click()

    expect(page.get_by_text("SHA256:")).to_be_visible()
    assert visitor.barriers() == ""
    assert visitor.overflow() == 0
    page.get_by_role("button", name="I have none: make a pair").click()
    expect(page.get_by_label("Public key")).to_contain_text("ssh-ed25519 ")
    assert visitor.barriers() == ""
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Register and scan").click()
    page.get_by_label("The fingerprint is the one").check()
    page.get_by_label("Private deploy key").fill(git_ssh.private_key)
    page.get_by_role("button", name="Register and scan").click()

    expect(page.get_by_role("link", name="See the verdict")).to_be_visible(timeout=LONG_SCAN)
    assert visitor.complaints == []


def test_without_script_it_goes_the_same_way(
    visitors: Visitors,
    worker: Worker,
    reachable: Configuration,
    lead: User,
    books_url: str,
) -> None:
    visitor = visitors.come(script=False)
    page = visitor.page

    visitor.open("/repositories/add/")
    visitor.sign_in(lead.username, PASSWORD)
    page.get_by_label("Repository address").fill(books_url)
    page.get_by_role("button", name="Register and scan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("scored", timeout=LONG_SCAN)

    page.get_by_role("link", name="Files").click()
    page.get_by_role("link", name="books/ledger.py").click()
    expect(page.locator("#L16")).to_contain_text("except Exception:")


def test_a_refused_address_is_told_in_place(
    visitors: Visitors, reachable: Configuration, lead: User
) -> None:
    visitor = visitors.come()
    visitor.open("/repositories/add/")
    visitor.sign_in(lead.username, PASSWORD)

    address = visitor.page.get_by_label("Repository address")
    address.fill("https://user:secret@git.example.org/books.git")
    visitor.page.get_by_role("button", name="Register and scan").click()

    expect(address).to_have_attribute("aria-invalid", "true")
    expect(address).to_have_accessible_description(re.compile("user name or a password"))
    expect(address).to_have_value("https://user:secret@git.example.org/books.git")


def test_a_schedule_shows_its_next_runs_while_it_is_typed(
    visitors: Visitors, reachable: Configuration, lead: User
) -> None:
    visitor = visitors.come()
    page = visitor.page
    visitor.open("/repositories/add/")
    visitor.sign_in(lead.username, PASSWORD)

    page.get_by_text("Scan it by a schedule").click()
    page.get_by_label("Scan", exact=True).select_option(label="By a cron expression")
    page.get_by_label("Cron expression").fill("30 6 * * 1")
    page.get_by_label("Time zone").fill("Europe/Berlin")

    runs = page.locator("#next-runs time")
    expect(runs).to_have_count(3)
    expect(runs.first).to_contain_text("Europe/Berlin")
    expect(runs.first).to_contain_text("Mon ")
    assert visitor.complaints == []
