"""One file: its source with findings in place, read from where its snapshot came from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dashboard.addresses import file_address
from dashboard.file_page import MOST_ELSEWHERE, MOST_FUNCTIONS, MOST_HERE, function_rows
from dashboard.queries.files import file_of
from dashboard.source import PART_LINES
from scanner import bootstrap
from scanner.analysis.extraction import module_facts
from scanner.application.configuration import Configuration
from scanner.application.registration import RegistrationRequest
from scanner.domain.facts import Module
from scanner.storage.models import Finding, Repository, Team

MODULE = '''"""Prices."""

from pathlib import Path


def price(order, rates={}):
    """Sum it up."""
    try:
        return order.total * rates["vat"]
    except Exception:
        pass


class Basket:
    """What is bought."""

    def total(self) -> int:
        """Nothing yet."""
        return 0  # <script>alert("\u202e")</script>
'''
LONG = '"""Long."""\n' + "".join(f"NAME_{n} = {n}\n" for n in range(2, PART_LINES + 400))
FILES = {
    "shop/__init__.py": "",
    "shop/prices.py": MODULE,
    "shop/long.py": LONG,
    "shop/broken.py": "def broken(:\n",
    "shop/na\u00efve & co.py": "x = 1\n",
    "shop/odd?a#b%2f.py": "def odd(x):\n    return x\n",
    "tests/test_prices.py": "def test_price():\n    assert True\n",
    "shop/keys.py": 'API_KEY = "q7Lz93mXcV0b4TqR8sWk"  # of the shop\n',
    ".env": "SECRET=hunter2hunter2\n",
    "README.md": "# Shop\n",
}


@pytest.fixture
def shop(team: Team, reachable: Configuration, tmp_path: Path, quick_passwords: None) -> Repository:
    """A folder of this machine, scanned by the real engine."""
    folder = tmp_path / "shop"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    request = RegistrationRequest(team.pk, str(folder), may_use_paths=True)
    registered = bootstrap.registration().register(request)
    bootstrap.scanning().run(registered.scan_id)
    return Repository.objects.get(pk=registered.repository.id)


def address(repository: Repository, path: str) -> str:
    """The page of a file."""
    return file_address(repository.team.slug, repository.slug, path)


def page(client: Client, repository: Repository, path: str, query: str = "") -> str:
    """The page of a file as text."""
    response = client.get(address(repository, path) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(lead_client: Client, shop: Repository) -> None:
    text = page(lead_client, shop, "shop/prices.py")

    assert '<a class="ln" href="#L6" tabindex="-1">6</a>' in text
    assert '<span class="kn">from</span> pathlib' in text
    assert re.search(r'<li class="hit g-[cdf]" id="L10">', text)
    assert "Silent except." in text
    assert reverse("rule", args=["FF01"]) in text


def test_functions_stand_beside_with_their_figures(lead_client: Client, shop: Repository) -> None:
    response = lead_client.get(address(shop, "shop/prices.py"))

    rows = {row.name: row for row in response.context["functions"]}
    figures = response.context["content"].figures
    assert (rows["price"].complexity, rows["price"].rank, rows["price"].line) == (2, "A", 6)
    assert (rows["price"].annotated, rows["price"].slots) == (0, 3)
    assert (rows["total"].owner, rows["total"].annotated) == ("Basket", 1)
    assert figures.maintainability_rank == "A"
    assert figures.halstead.volume > 0
    assert "never scored" in response.content.decode()


def test_the_source_is_text_whatever_it_holds(lead_client: Client, shop: Repository) -> None:
    text = page(lead_client, shop, "shop/prices.py")

    assert "<script>alert" not in text
    assert "\u202e" not in text
    assert '<span class="odd">[U+202E]</span>' in text
    assert "1\xa0hidden character in what is shown." in text
    assert 'style="' not in text


def test_plain_leaves_the_findings_out(lead_client: Client, shop: Repository) -> None:
    text = page(lead_client, shop, "shop/prices.py", "?plain=1")

    assert "finding-row" not in text
    assert 'id="L10"' in text


def test_a_long_file_comes_in_parts(lead_client: Client, shop: Repository) -> None:
    first = page(lead_client, shop, "shop/long.py")
    second = page(lead_client, shop, "shop/long.py", f"?line={PART_LINES + 7}")

    assert f'id="L{PART_LINES}"' in first
    assert f'id="L{PART_LINES + 1}"' not in first
    assert f'id="L{PART_LINES + 7}"' in second
    assert f"?line={PART_LINES + 1}#L{PART_LINES + 1}" in first
    assert "On lines not shown here" in second


@pytest.mark.parametrize("line", ["0", "-5", "x", "9" * 30, ""])
def test_a_line_that_makes_no_sense_shows_a_part(
    line: str, lead_client: Client, shop: Repository
) -> None:
    assert 'id="L' in page(lead_client, shop, "shop/long.py", f"?line={line}")


def test_a_file_that_could_not_be_read_says_why(lead_client: Client, shop: Repository) -> None:
    text = page(lead_client, shop, "shop/broken.py")

    assert "broken.py is not scored: syntax error" in text
    assert 'id="L1"' in text


def test_a_file_that_was_rewritten_says_how_it_was_read(
    lead_client: Client, shop: Repository
) -> None:
    assert "through rewriting" not in page(lead_client, shop, "shop/prices.py")
    read = [{"path": "shop/prices.py", "constructs": ["f-strings", "type aliases"]}]
    shop.snapshots.update(rewritten=read, engine="1.0.0+cpython-3.11")

    text = page(lead_client, shop, "shop/prices.py")

    assert f'<a href="{reverse("files", args=["shop", shop.slug])}#rewritten">through' in text
    assert "Newer than CPython 3.11, which parses here" in text
    assert "line for line: f-strings, type aliases." in text


def test_a_file_left_out_says_why(lead_client: Client, shop: Repository) -> None:
    text = page(lead_client, shop, "tests/test_prices.py")

    assert "test_prices.py is not scored: test" in text
    assert "assert" in text


def test_a_strange_name_has_a_page(lead_client: Client, shop: Repository) -> None:
    assert "x = " in page(lead_client, shop, "shop/na\u00efve & co.py")


def test_the_choice_of_a_strange_name_leads_to_its_page(
    lead_client: Client, shop: Repository
) -> None:
    there = address(shop, "shop/odd?a#b%2f.py")
    assert f'<a href="{there}" aria-current="true">Findings</a>' in page(
        lead_client, shop, "shop/odd?a#b%2f.py"
    )


def test_a_flood_of_findings_is_cut_in_the_open(lead_client: Client, shop: Repository) -> None:
    one = Finding.objects.filter(repository=shop, path="shop/prices.py").first()
    assert one is not None
    flood = range(MOST_HERE + MOST_ELSEWHERE + 100)
    Finding.objects.bulk_create(
        Finding(
            **{field.attname: getattr(one, field.attname) for field in Finding._meta.fields[1:]}
            | {
                "fingerprint": f"f{n}",
                "line": 1 if n > MOST_ELSEWHERE + 50 else 90_000,
                "points": n,
            }
        )
        for n in flood
    )
    before = Finding.objects.filter(repository=shop, path="shop/prices.py").count() - len(flood)

    text = page(lead_client, shop, "shop/prices.py")

    assert text.count('class="finding ') == MOST_HERE + MOST_ELSEWHERE
    assert f"has {100 + before} more." in text
    assert "more." not in page(lead_client, shop, "shop/odd?a#b%2f.py")


def test_of_very_many_functions_the_most_complex_are_listed() -> None:
    source = "".join(f"def f{n}(x):\n    return x\n" for n in range(MOST_FUNCTIONS + 5))
    heavy = "def heavy(x):\n    return x if x else 1\n"
    facts = module_facts((source + heavy).encode())
    assert isinstance(facts, Module)

    rows = function_rows(facts, None)

    assert len(rows) == MOST_FUNCTIONS
    assert rows[0].name == "heavy"


def test_an_empty_file_says_so(lead_client: Client, shop: Repository) -> None:
    assert "The file is empty." in page(lead_client, shop, "shop/__init__.py")


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "../shop/prices.py",
        "shop/../../shop/shop/prices.py",
        "/etc/passwd",
        "etc/passwd",
        "shop/prices.pyc",
        "shop",
        "shop/PRICES.py",
        "shop//prices.py",
        "shop/prices.py/",
        "shop/prices.py\x00",
        "shop\\prices.py",
        "%2e%2e/shop/prices.py",
        ".git/config",
    ],
)
def test_only_what_the_snapshot_names_has_a_page(
    path: str, lead_client: Client, shop: Repository
) -> None:
    response = lead_client.get(address(shop, path))

    assert response.status_code == 404
    assert "hunter2" not in response.content.decode()


def test_a_file_that_is_no_module_shows_its_findings_alone(
    lead_client: Client, shop: Repository
) -> None:
    text = page(lead_client, shop, ".env")

    assert "has a value in a committed file" in text
    assert "other files may hold secrets" in text
    assert "hunter2" not in text


def test_what_looks_like_a_secret_is_hidden(lead_client: Client, shop: Repository) -> None:
    text = page(lead_client, shop, "shop/keys.py")

    assert "is given what looks like a real secret" in text
    assert "q7Lz93" not in text
    assert "********" in text
    assert "# of the shop" in text


def test_a_finding_over_several_files_stands_in_each(lead_client: Client, shop: Repository) -> None:
    assert shop.latest is not None
    Finding.objects.create(
        repository=shop, fingerprint="e" * 16, rule="LA03", principle="layering",
        path="shop/__init__.py", line=1, end_line=1, symbol="", message="A cycle of two.",
        cost=4, points=2.0, effort=5, first_in=shop.latest,
        related=[{"path": "shop/prices.py", "line": 3}],
        charges=[
            {"path": "shop/__init__.py", "line": 1, "cost": 3},
            {"path": "shop/prices.py", "line": 3, "cost": 1},
        ],
    )  # fmt: skip

    view = file_of(shop.pk, "shop/prices.py")

    assert view is not None
    cycle = next(item for item in view.findings if item.row.rule == "LA03")
    assert (cycle.line, cycle.points) == (3, 0.5)
    assert cycle.elsewhere == (("shop/__init__.py", 1),)
    assert "A cycle of two." in page(lead_client, shop, "shop/prices.py")


def test_when_the_source_has_gone_the_findings_stay(lead_client: Client, shop: Repository) -> None:
    (Path(shop.address) / "shop" / "prices.py").write_text("changed = True\n")

    text = page(lead_client, shop, "shop/prices.py")

    assert "The folder has changed since this snapshot." in text
    assert "Scan the repository again." in text
    assert "Silent except." in text
    assert "changed = True" not in text


def test_the_page_asks_a_fixed_number_of_times(
    shop: Repository, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):  # snapshot, file, findings
        file_of(shop.pk, "shop/prices.py")


def test_a_viewer_may_look(viewer_client: Client, shop: Repository) -> None:
    assert "Prices" in page(viewer_client, shop, "shop/prices.py")


def test_a_visitor_signs_in_first(client: Client, shop: Repository) -> None:
    assert client.get(address(shop, "shop/prices.py")).status_code == 302


def test_another_team_finds_nothing(foreign_client: Client, shop: Repository) -> None:
    assert foreign_client.get(address(shop, "shop/prices.py")).status_code == 404
