"""The picture of layers, in a real browser: readable, on a phone, and by keyboard."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse

from scanner.storage.models import Team
from tests.dashboard.conftest import client_of
from tests.dashboard.journeys.test_pages import NARROW, problems
from tests.portfolio import store_judged
from tests.scanner.rules.layering.layouts import DDD, MONOREPO
from tests.services.browser import Visitors

WANTED = "Domain imports infrastructure: shop/domain/money.py, line 1"
MOST_STOPS = 60


def test_layers_that_are_broken_are_clean(visitors: Visitors, team: Team, owner: User) -> None:
    visitor = visitors.come()
    visitor.bring(client_of(owner))
    for name, layout in (("layers-broken", DDD), ("layers-monorepo", MONOREPO)):
        store_judged(team, name, [layout.files])
        assert problems(visitor, reverse("layers", args=[team.slug, name]), name) == []


def test_the_keyboard_leads_from_an_arrow_to_the_line(
    visitors: Visitors, team: Team, owner: User
) -> None:
    store_judged(team, "shop", [DDD.files])
    visitor = visitors.come()
    visitor.bring(client_of(owner))
    visitor.page.set_viewport_size(NARROW)
    visitor.open(reverse("layers", args=[team.slug, "shop"]))

    focused = "document.activeElement.getAttribute('aria-label')"
    stops: list[object] = []
    while len(stops) < MOST_STOPS and WANTED not in stops:
        visitor.page.keyboard.press("Tab")
        stops.append(visitor.page.evaluate(focused))
    assert WANTED in stops
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/file/shop/domain/money.py#L1")
