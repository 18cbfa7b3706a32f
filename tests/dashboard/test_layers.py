"""The page of layers."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dashboard.queries.layers import layers_page
from scanner.domain.declared import read_declaration
from scanner.storage.models import Architecture, Finding, Repository, Team
from tests.portfolio import store_judged, store_repository, store_user
from tests.scanner.rules.layering.layouts import DDD, DJANGO, FASTAPI, MONOREPO, NAMESPACE, Layout


def judged(team: Team, layout: Layout, name: str = "shop") -> Repository:
    """A repository in this layout, scanned."""
    return store_judged(team, name, [layout.files])


def address(repository: Repository, query: str = "") -> str:
    """The page of a repository's layers."""
    return reverse("layers", args=[repository.team.slug, repository.slug]) + query


def page(client: Client, repository: Repository, query: str = "") -> str:
    """The page as text."""
    response = client.get(address(repository, query))
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(lead_client: Client, team: Team) -> None:
    text = page(lead_client, judged(team, DDD))

    assert "<h1>4 imports break the layers.</h1>" in text
    assert "Recognised by their folders. 2 of 13 modules stand in none" in text
    for layer in ("Presentation", "Infrastructure", "Application", "Domain", "Shared"):
        assert f'<tspan class="t-ink">{layer}</tspan>' in text
    assert "Packages from outside" in text
    assert 'style="' not in text


def test_each_breaking_import_is_an_arrow_with_its_line(lead_client: Client, team: Team) -> None:
    repository = judged(team, DDD)
    text = page(lead_client, repository)

    arrows = dict(re.findall(r'<a class="breach" href="([^"]+)" aria-label="([^"]+)"', text))
    base = f"/r/{team.slug}/shop/file/shop"
    assert set(arrows) == {
        f"{base}/domain/money.py#L1",
        f"{base}/domain/orders.py#L3",
        f"{base}/application/checkout.py#L2",
        f"{base}/shared/clock.py#L1",
    }
    assert arrows[f"{base}/domain/money.py#L1"] == (
        "Domain imports infrastructure: shop/domain/money.py, line 1"
    )
    listed = text[text.index('id="breaking"') : text.index('id="circles"')]
    assert set(re.findall(r'href="([^"]+#L\d+)"', listed)) == set(arrows)
    assert "sqlalchemy" in listed


def test_several_imports_of_one_kind_are_one_arrow_to_their_list(
    lead_client: Client, team: Team
) -> None:
    files = {**DDD.files, "shop/domain/more.py": "import shop.infrastructure.rates\n"}
    text = page(lead_client, store_judged(team, "shop", [files]))

    assert 'href="#domain-infrastructure" aria-label="Domain imports infrastructure: 2' in text
    assert 'id="domain-infrastructure"' in text


def test_the_twin_tells_folders_and_imports(lead_client: Client, team: Team) -> None:
    response = lead_client.get(address(judged(team, DDD)))

    rows = {row[0]: row for row in response.context["drawing"].chart.twin.rows}
    assert list(rows) == ["Presentation", "Infrastructure", "Application", "Domain", "Shared"]
    assert rows["Domain"][2] == "3"
    assert rows["Presentation"][3:] == ("0", "1", "1", "0", "0")
    assert rows["Infrastructure"][3:] == ("0", "0", "0", "1", "0")


def test_an_accepted_import_says_so(lead_client: Client, team: Team) -> None:
    repository = judged(team, DDD)
    Finding.objects.filter(rule="LA02", repository=repository).update(accepted_by="team")

    assert '<span class="badge">accepted</span>' in page(lead_client, repository)


def test_one_package_of_several_is_drawn_alone(lead_client: Client, team: Team) -> None:
    repository = judged(team, MONOREPO)

    every = page(lead_client, repository)
    alone = page(lead_client, repository, "?package=packages/shipping/shipping")

    assert '<a href="?package=packages%2Fbilling%2Fsrc%2Fbilling#picture">' in every
    assert "billing/domain/invoice.py" in every
    picture = alone[alone.index('id="picture"') : alone.index('id="circles"')]
    assert "billing/domain" not in picture
    assert "shipping/db/tables.py" in picture
    assert "billing/domain/invoice.py" in page(lead_client, repository, "?package=nowhere")


def test_boxes_lead_to_the_files_of_their_folder(lead_client: Client, team: Team) -> None:
    declared = '[tool.codevitals.layers]\ndomain = ["core.py", "shop/**"]\n'
    files = {"pyproject.toml": declared, "core.py": "", "shop/a.py": "x = 1\n"}
    repository = store_judged(team, "mixed", [files])

    links = re.findall(r'class="box" href="([^"]+)"', page(lead_client, repository))

    listed = [lead_client.get(unescape(link)).context["page"].rows for link in links]
    assert sorted(row.path for rows in listed for row in rows) == ["core.py", "shop/a.py"]


def test_circles_are_spelled_out_line_by_line(lead_client: Client, team: Team) -> None:
    text = page(lead_client, judged(team, NAMESPACE))

    assert "2\xa0modules in a circle" in text
    ring = re.sub(r"<[^>]+>", " ", text[text.index('<ol class="way">') :].partition("</ol>")[0])
    assert " ".join(ring.split()) == (
        "acme.mail.post line 1 acme.orders.cart line 1 acme.mail.post"
    )
    assert "/file/src/acme/orders/cart.py#L1" in text


@pytest.mark.parametrize(
    ("layout", "said"),
    [
        (DJANGO, "its apps are parts, not layers"),
        (FASTAPI, "This is a FastAPI service, made in backend/service/main.py"),
        (NAMESPACE, "Layers are recognised where a folder named <code>domain</code>"),
    ],
    ids=["django", "fastapi", "namespace"],
)
def test_without_layers_it_says_why(
    layout: Layout, said: str, lead_client: Client, team: Team
) -> None:
    text = page(lead_client, judged(team, layout))

    assert "<h1>No layers are known here.</h1>" in text
    assert said in text
    assert 'class="breach"' not in text


@pytest.mark.parametrize("layout", [DJANGO, FASTAPI, NAMESPACE], ids=["django", "fastapi", "none"])
def test_what_it_suggests_can_be_declared(layout: Layout, lead_client: Client, team: Team) -> None:
    response = lead_client.get(address(judged(team, layout)))

    declared = read_declaration(response.context["declaration"].encode())
    assert (declared.problems, declared.unknown_keys) == ((), ())
    assert declared.layers
    suggestion = response.context["picture"].suggestion
    if suggestion is not None:
        assert declared.layers == suggestion.layers


def test_declared_layers_are_told_as_such(lead_client: Client, team: Team) -> None:
    pyproject = '[tool.codevitals.layers]\ndomain = ["service/models.py"]\napplication = ["**"]\n'
    files = {"pyproject.toml": pyproject, "service/models.py": "", "service/a.py": "import b\n"}
    text = page(lead_client, store_judged(team, "shop", [files]))

    assert "Declared in pyproject.toml; every module stands in one." in text
    assert "Every import between layers points inwards." in text


def test_apps_that_import_each_other_are_told(lead_client: Client, team: Team) -> None:
    text = page(lead_client, judged(team, DJANGO))

    assert "2 of 4 apps hang together in circles" in text
    assert "people → sales" in text


def test_a_repository_scanned_before_has_no_picture_yet(
    lead_client: Client, repository: Repository
) -> None:
    text = page(lead_client, repository)

    assert "Layers are drawn with the next scan." in text


def test_a_picture_of_another_shape_is_as_none(lead_client: Client, repository: Repository) -> None:
    Architecture.objects.create(repository=repository, content={"folders": "many"})

    assert "Layers are drawn with the next scan." in page(lead_client, repository)


def test_before_the_first_scan_it_waits(lead_client: Client, team: Team) -> None:
    text = page(lead_client, store_repository(team, "new", snapshots=0))

    assert "Layers are drawn with the first scan." in text


def test_hostile_names_are_text(lead_client: Client, team: Team) -> None:
    folder = 'shop/domain/<script>"\u202e'
    files = {
        **DDD.files,
        f"{folder}/a.py": "import shop.infrastructure.rates\nimport shop.domain.b\n",
        "shop/domain/b.py": "",
    }
    text = page(lead_client, store_judged(team, "shop", [files]))

    assert "<script>&quot;" not in text
    assert '<script>"' not in text
    assert "\u202e" not in text
    assert "[U+202E]" in text


def test_the_principle_leads_here(lead_client: Client, team: Team) -> None:
    repository = judged(team, DDD)
    principle = reverse("principle", args=[team.slug, repository.slug, "layering"])

    assert f'href="{address(repository)}"' in lead_client.get(principle).content.decode()


def test_the_page_asks_a_fixed_number_of_times(
    team: Team, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    judged(team, DDD)
    lead = store_user(team, "other")
    with django_assert_num_queries(4):  # repository, picture, score, findings
        layers_page(lead, team.slug, "shop")
