"""The catalogue and the page of each rule."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from scanner.rules.catalogue import CATALOGUE, RULES
from scanner.rules.pages import read_page
from scanner.rules.records import Rule


def test_the_catalogue_leads_to_every_rule(lead_client: Client) -> None:
    text = lead_client.get(reverse("rubric")).content.decode()

    for entry in CATALOGUE:
        assert f'<a href="#{entry.principle.key}">' in text
        assert f'<section class="section" id="{entry.principle.key}">' in text
    assert all(f'href="{reverse("rule", args=[code])}"' in text for code in RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_has_a_page_with_its_examples_whole(lead_client: Client, rule: Rule) -> None:
    response = lead_client.get(reverse("rule", args=[rule.code]))
    text = response.content.decode()

    page = read_page(rule.page)
    for title in ("What it finds", "Why it matters", "How to fix it", "When to accept it"):
        assert text.count(f"<h2>{title}</h2>") == 1
    lines = re.findall(r'<li class="bare"><code>(.*?)</code></li>', text)
    assert len(lines) == len((page.bad + page.good).splitlines())
    assert "" not in lines  # an empty one would have no height
