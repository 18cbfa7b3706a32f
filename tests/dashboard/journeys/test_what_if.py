"""A limit is moved, its effect is seen on the whole history, it is saved, and the trend follows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.contrib.auth.models import User
from playwright.sync_api import expect

from scanner import bootstrap
from scanner.application.configuration import Configuration
from scanner.application.registration import RegistrationRequest
from scanner.storage.models import Repository, Scan, Team
from tests.dashboard.conftest import client_of
from tests.services.browser import Visitors
from tests.services.processes import await_value
from tests.services.repositories import FIRST_COMMIT, RepositoryBuilder
from tests.services.worker import Worker

LONG = 60_000  # milliseconds
BODY = "".join(f"    x = {number}\n" for number in range(30))
WEEKS = 5


def judged(team: Team, folder: Path) -> Repository:
    """A repository of five weeks, judged with its past by the worker."""
    builder = RepositoryBuilder(folder)
    for week in range(WEEKS):
        text = (
            f'"""Part {week}."""\n\n\ndef part(x: int) -> int:\n    """It."""\n{BODY}    return x\n'
        )
        files = {f"books/part{week}.py": text, "books/__init__.py": '"""Books."""\n'}
        builder.commit(files, when=FIRST_COMMIT + timedelta(weeks=week))
    request = RegistrationRequest(team.pk, str(folder), may_use_paths=True)
    asked = bootstrap.registration().register(request)
    past = Scan.objects.filter(repository=asked.repository.id, kind="backfill", status="done")
    await_value(lambda: past.exists() or None, what="the past")
    return Repository.objects.get(pk=asked.repository.id)


def test_a_limit_is_tried_on_the_past_then_saved(
    visitors: Visitors,
    worker: Worker,
    reachable: Configuration,
    team: Team,
    owner: User,
    tmp_path: Path,
) -> None:
    books = judged(team, tmp_path / "books")
    visitor = visitors.come()
    visitor.bring(client_of(owner))
    page = visitor.page
    home = f"/r/{team.slug}/{books.slug}/"
    visitor.open(f"{home}rubric/")

    page.get_by_label("Complexity: lines of a function").fill("12")
    page.get_by_role("button", name="See what changes").first.click()
    expect(page.get_by_text("The score would go from")).to_be_visible(timeout=LONG)
    expect(page.get_by_text("5 points of the history")).to_be_visible()
    expect(page.get_by_role("row", name="Long function CX02")).to_contain_text("5")
    shown = page.get_by_role("row", name="Overall").locator("td").nth(1).inner_text()[:4]
    assert visitor.barriers() == ""
    visitor.page.set_viewport_size({"width": 360, "height": 740})
    assert visitor.overflow() == 0
    visitor.page.set_viewport_size({"width": 1280, "height": 800})
    assert not books.rubric_versions.exists()

    page.get_by_label("Reason").fill("Shorter functions.")
    page.get_by_role("button", name="Save and judge again").click()
    expect(page.get_by_role("status").first).to_contain_text("The rubric is saved.")
    version = books.rubric_versions.get().version
    done = books.snapshots.filter(rubric=version)
    await_value(lambda: done.count() == WEEKS or None, what="the whole past by the new rubric")

    visitor.open(home)
    assert page.locator(".verdict .num").first.inner_text() == shown
    expect(page.locator(".events")).to_contain_text("the whole history was judged again")
    assert visitor.complaints == []


def test_without_script_a_preview_has_a_page_of_its_own(
    visitors: Visitors,
    worker: Worker,
    reachable: Configuration,
    team: Team,
    owner: User,
    tmp_path: Path,
) -> None:
    books = judged(team, tmp_path / "books")
    visitor = visitors.come(script=False)
    visitor.bring(client_of(owner))
    page = visitor.page
    visitor.open(f"/r/{team.slug}/{books.slug}/rubric/")

    page.get_by_label("Complexity: lines of a function").fill("12")
    page.get_by_role("button", name="See what changes").first.click()
    expect(page.get_by_role("heading", name="What it would do")).to_be_visible()
    alone = page.get_by_role("link", name="Show it on a page of its own")
    if alone.count():  # unless the worker was quicker
        alone.click()
    expect(page.get_by_text("The score would go from")).to_be_visible(timeout=LONG)
    page.get_by_label("Reason").fill("Shorter functions.")
    page.get_by_role("button", name="Save and judge again").click()
    expect(page.get_by_role("status").first).to_contain_text("The rubric is saved.")
