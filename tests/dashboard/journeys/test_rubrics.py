"""Changing a rubric in a real browser, from the values to the mark in the trend."""

from __future__ import annotations

from django.contrib.auth.models import User
from playwright.sync_api import expect

from dashboard.queries.rubrics import standing_of
from scanner import bootstrap
from scanner.domain.rubric_file import load
from scanner.storage.models import Repository
from tests.dashboard.conftest import client_of
from tests.dashboard.journeys import test_pages
from tests.services.browser import Visitors


def test_an_owner_changes_the_rubric_without_script(
    visitors: Visitors, books: Repository, owner: User
) -> None:
    visitor = visitors.come(script=False)
    visitor.bring(client_of(owner))
    page = visitor.page
    visitor.open(f"/r/{books.team.slug}/{books.slug}/rubric/")

    page.get_by_label("Complexity: depth of nesting").fill("many")
    page.get_by_role("checkbox", name="FF01").uncheck()
    page.get_by_role("button", name="See what changes").first.click()
    expect(page.get_by_role("alert")).to_contain_text("1 value cannot be taken")
    wrong = page.get_by_label("Complexity: depth of nesting")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description("Input should be a valid integer.")

    wrong.fill("3")
    page.get_by_role("button", name="See what changes").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 values of books change.")
    page.get_by_label("Reason").fill("Try it.")
    page.get_by_role("button", name="Save and judge again").click()
    expect(page.get_by_role("status")).to_contain_text("The rubric is saved.")

    scan = books.scans.get(trigger="rubric").pk
    bootstrap.scanning().run(scan)  # unless the worker of the run was quicker
    watcher = visitors.come()
    watcher.bring(client_of(owner))
    watcher.open(f"/r/{books.team.slug}/{books.slug}/scans/{scan}/")
    expect(watcher.page.get_by_role("heading", level=1)).to_contain_text("books scored")

    visitor.open(f"/r/{books.team.slug}/{books.slug}/")
    page.get_by_role("link", name="What the change did").click()
    expect(page.get_by_role("row", name="Silent except FF01")).to_be_visible()
    change = page.url.removeprefix(visitor.base)
    assert test_pages.problems(watcher, change, "rubric-change") == []
    assert standing_of(books.pk).rubric.rules_off == {"FF01"}


def test_a_rubric_travels_as_a_file(visitors: Visitors, books: Repository, owner: User) -> None:
    visitor = visitors.come()
    visitor.bring(client_of(owner))
    page = visitor.page
    path = f"/r/{books.team.slug}/{books.slug}/rubric/"
    visitor.open(path)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="the whole").click()
    text = waiting.value.path().read_text()
    assert load(text.encode()) == standing_of(books.pk).rubric

    page.get_by_label("A file", exact=True).set_input_files(
        {
            "name": "stricter.toml",
            "mimeType": "application/toml",
            "buffer": text.replace("nesting = 4", "nesting = 3").encode(),
        }
    )
    page.locator("#file").get_by_role("button", name="See what changes").click()
    expect(page.get_by_role("row", name="depth of nesting")).to_contain_text("3")
    assert problems(visitors, owner, path) == []


def problems(visitors: Visitors, owner: User, path: str) -> list[str]:
    """What is wrong with the steps of a change, for those who hear the pages."""
    visitor = visitors.come()
    visitor.bring(client_of(owner))
    found, page = [], visitor.page
    for name, value in (("rubric-wrong", "many"), ("rubric-confirm", "3")):
        visitor.open(path)
        page.get_by_label("Complexity: depth of nesting").fill(value)
        page.get_by_role("button", name="See what changes").first.click()
        page.wait_for_load_state()
        found += [f"{name}: {wrong}" for wrong in (visitor.barriers(),) if wrong]
        if visitor.overflow():
            found.append(f"{name}: {visitor.overflow()} px too wide")
    return found
