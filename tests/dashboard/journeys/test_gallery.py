"""Every chart in every state, as a browser lays it out: no label on another, none cut."""

from __future__ import annotations

from typing import Literal

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import ViewportSize, expect
from pytest_django import Settings

from tests.dashboard.conftest import client_of
from tests.services.browser import Visitor, Visitors

WIDTHS = (1440, 768, 360)

MEASURE = """() => {
  const shown = (text) => {
    if (!text.textContent.trim()) return false;
    for (let one = text; one && one.tagName !== "FIGURE"; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.display === "none" || style.visibility === "hidden") return false;
      if (style.opacity === "0") return false;
    }
    return true;
  };
  const wrong = [];
  for (const figure of document.querySelectorAll(".exhibit figure.chart")) {
    const name = `${figure.closest(".exhibit").id}, ${figure.getAttribute("aria-label")}`;
    const labels = [...figure.querySelectorAll(":scope > svg text")].filter(shown);
    const boxes = labels.map((one) => [one.textContent, one.getBoundingClientRect()]);
    boxes.forEach(([words, box], rank) => {
      if (box.left < -0.5 || box.right > innerWidth + 0.5) wrong.push(`${name}: ${words} is cut`);
      for (const [other, there] of boxes.slice(rank + 1)) {
        const across = Math.min(box.right, there.right) - Math.max(box.left, there.left);
        const down = Math.min(box.bottom, there.bottom) - Math.max(box.top, there.top);
        if (across > 1 && down > 3) wrong.push(`${name}: ${words} on ${other}`);
      }
    });
    for (const label of labels) {
      const tile = label.closest("a svg")?.querySelector("rect")?.getBoundingClientRect();
      const box = label.getBoundingClientRect();
      if (tile && (box.right > tile.right + 1 || box.bottom > tile.bottom + 1))
        wrong.push(`${name}: ${label.textContent} leaves its box`);
    }
  }
  return wrong;
}"""


@pytest.fixture
def gallery(visitors: Visitors, owner: User, settings: Settings) -> Visitor:
    """A developer on the style page."""
    settings.DEBUG = True
    visitor = visitors.come()
    visitor.bring(client_of(owner))
    visitor.open(reverse("style"))
    return visitor


def at(visitor: Visitor, width: int) -> None:
    """Look at it in a window of a width."""
    visitor.page.set_viewport_size(ViewportSize(width=width, height=900))


def test_labels_neither_overlap_nor_are_cut(gallery: Visitor) -> None:
    found = {}
    for width in WIDTHS:
        at(gallery, width)
        assert gallery.page.locator(".exhibit figure.chart svg").count() > 20
        found[width] = gallery.page.evaluate(MEASURE)
    assert {width: wrong for width, wrong in found.items() if wrong} == {}


def test_the_figures_of_each_are_read_on_a_phone(gallery: Visitor) -> None:
    at(gallery, WIDTHS[-1])
    twins = gallery.page.locator(".exhibit details.twin > summary")
    for rank in range(twins.count()):
        twins.nth(rank).click()
    tables = gallery.page.locator(".exhibit details.twin table")
    assert tables.count() == gallery.page.locator(".exhibit figure.chart").count()
    expect(tables.last).to_be_visible()
    assert gallery.overflow() == 0
    assert gallery.barriers() == ""


def test_it_is_clean_in_both_themes_and_in_print(gallery: Visitor) -> None:
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        gallery.page.emulate_media(color_scheme=scheme)
        assert gallery.barriers() == "", scheme
    gallery.page.emulate_media(media="print")
    assert gallery.page.locator(".exhibit figure.chart svg").first.is_visible()
    assert gallery.complaints == []
