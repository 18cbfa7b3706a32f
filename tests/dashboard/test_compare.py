"""The Compare page: points chosen, parts drilled, files taken home, and every way to fail."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from scanner import bootstrap
from scanner.application.accepting import NewAcceptance
from scanner.application.comparison_record import ComparisonRecord
from scanner.application.configuration import Configuration
from scanner.application.rubrics import Author, RubricChange
from scanner.rules.catalogue import read_rubric
from scanner.storage.comparisons import record_of
from scanner.storage.models import ComparedPair, Finding, Repository, Snapshot, Team
from tests.dashboard.compared import BEN, UNTYPED, build_shop, judge_pairs, register_shop, scan
from tests.services.repositories import RepositoryBuilder

DAY_BEFORE = "2001-01-01"


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    """The shop's history."""
    return build_shop(tmp_path / "shop")


@pytest.fixture
def shop(team: Team, reachable: Configuration, builder: RepositoryBuilder) -> Repository:
    """The shop, scanned at its first commit and at its last."""
    return register_shop(team, builder)


def address(repository: Repository, query: str = "") -> str:
    """The page."""
    return reverse("compare", args=[repository.team.slug, repository.slug]) + query


def page(client: Client, repository: Repository, query: str = "") -> str:
    """The page once a worker has judged."""
    client.get(address(repository, query))
    judge_pairs()
    response = client.get(address(repository, query))
    assert response.status_code == 200
    return response.content.decode()


def record(repository: Repository) -> ComparisonRecord:
    """The last comparison that was judged."""
    found = record_of(ComparedPair.objects.filter(repository=repository).latest("pk").content)
    assert found is not None
    return found


def assert_shown_scores(repository: Repository, found: ComparisonRecord) -> None:
    """The parts lead from one stored score to the other."""
    scores = {each.pk: each.score for each in Snapshot.objects.filter(repository=repository)}
    pair = ComparedPair.objects.filter(repository=repository).latest("pk")
    shown = [scores[number] for number in (pair.before_id, pair.after_id) if number]
    assert [found.before.score, found.after.score] == shown
    assert sum(found.parts.values()) == pytest.approx(found.moved, abs=1e-9)


def test_the_last_scan_is_compared_with_the_one_before(
    viewer_client: Client, shop: Repository
) -> None:
    assert "Waiting for a worker." in viewer_client.get(address(shop)).content.decode()

    shown = page(viewer_client, shop)

    assert_shown_scores(shop, record(shop))
    for text in ("Load prices", "Type prices", "Add rows", "Ann Author", "Ben Builder"):
        assert text in shown
    assert shown.index("Load prices") < shown.index("Type prices")


def test_parts_drill_down_to_findings(viewer_client: Client, shop: Repository) -> None:
    by_author = page(viewer_client, shop, "?by=author")
    fixed = page(viewer_client, shop, "?kind=fixed")
    by_ben = page(viewer_client, shop, "?author=Ben+Builder")

    assert by_author.index("Ann Author") < by_author.index("Ben Builder")
    assert "shop/prices.py" in fixed
    assert "shop/load.py:" not in fixed
    assert "shop/prices.py:" in by_ben
    assert ComparedPair.objects.count() == 1


@pytest.mark.parametrize("by", ["file", "rule", "commit"])
def test_findings_are_put_together(viewer_client: Client, shop: Repository, by: str) -> None:
    shown = page(viewer_client, shop, f"?by={by}")

    assert {"file": "shop/load.py", "rule": "TY01", "commit": "Type prices"}[by] in shown


@pytest.mark.parametrize("text", ["v1.0", "tag", "day", "digits"])
def test_points_are_chosen_in_many_ways(
    viewer_client: Client, shop: Repository, builder: RepositoryBuilder, text: str
) -> None:
    first = Snapshot.objects.filter(repository=shop).earliest("committed_at")
    Snapshot.objects.filter(pk=first.pk).update(tags=["v1.0"])
    day = f"{first.committed_at:%Y-%m-%d}"
    wanted = {"day": day, "digits": first.commit[:6]}.get(text, "v1.0")

    page(viewer_client, shop, f"?from={wanted}&to={builder.head()[:9]}")

    assert record(shop).before.commit == first.commit


def test_a_commit_that_was_never_judged_is_judged_now(
    viewer_client: Client, shop: Repository, builder: RepositoryBuilder
) -> None:
    between = builder.head("HEAD~2")

    page(viewer_client, shop, f"?from={between[:8]}")

    assert record(shop).before.commit == between
    assert [step.subject for step in record(shop).steps] == ["Type prices", "Add rows"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("v9.9", "Nothing is called so"),
        (DAY_BEFORE, "begins after this day"),
        ("abcd", "7 digits or more"),
        ("verdict-99999", "no longer kept"),
        ("--upload-pack=x", "Nothing is called so"),
    ],
)
def test_what_names_no_point_is_told_at_its_field(
    viewer_client: Client, shop: Repository, text: str, words: str
) -> None:
    shown = viewer_client.get(address(shop), {"from": text}).content.decode()

    assert words in shown
    assert not ComparedPair.objects.exists()


def test_an_unknown_commit_ends_with_a_next_step(viewer_client: Client, shop: Repository) -> None:
    shown = page(viewer_client, shop, "?from=deadbeefdeadbeef")

    assert "is not on the machine of this worker" in shown
    assert "Choose a point that is on the branch" in shown


def test_a_comparison_that_failed_is_tried_again(viewer_client: Client, shop: Repository) -> None:
    page(viewer_client, shop, "?from=deadbeefdeadbeef")
    given = {"from": "deadbeefdeadbeef", "to": ""}

    response = viewer_client.post(address(shop) + "again/", given)

    assert response.status_code == 302
    assert ComparedPair.objects.get().status == "queued"


def test_a_part_that_waits_asks_again(viewer_client: Client, shop: Repository) -> None:
    viewer_client.get(address(shop))

    waiting = viewer_client.get(address(shop), headers={"hx-request": "true"})
    judge_pairs()
    ended = viewer_client.get(address(shop), headers={"hx-request": "true"})

    assert 'hx-trigger="every 1s"' in waiting.content.decode()
    assert "<html" not in waiting.content.decode()
    assert ended["HX-Refresh"] == "true"


def test_the_comparison_is_taken_home(viewer_client: Client, shop: Repository) -> None:
    page(viewer_client, shop)
    forms = {
        form: viewer_client.get(address(shop), {"format": form}).content.decode()
        for form in ("json", "csv", "markdown")
    }

    found = record(shop)
    document = json.loads(forms["json"])
    assert document["schema"] == "codevitals.compare/1"
    assert sum(part["points"] for part in document["parts"]) == pytest.approx(found.moved, abs=1e-9)
    rows = list(csv.DictReader(io.StringIO(forms["csv"])))
    assert len(rows) == len(found.effects)
    assert {row["subject"] for row in rows} >= {"Load prices", "Type prices"}
    assert forms["markdown"].startswith("**shop ")


def test_an_acceptance_is_a_part(
    viewer_client: Client, owner_client: Client, shop: Repository
) -> None:
    finding = Finding.objects.filter(repository=shop, fixed_in=None, path="shop/load.py").first()
    assert finding is not None
    user = int(owner_client.session["_auth_user_id"])
    word = NewAcceptance(shop.pk, [finding.fingerprint], "it may stay", None, user)
    bootstrap.accepting().accept(word)
    bootstrap.scanning().run(shop.scans.latest("pk").pk)
    first = Snapshot.objects.filter(repository=shop).earliest("committed_at")

    page(viewer_client, shop, f"?from={first.commit[:12]}")

    found = record(shop)
    assert_shown_scores(shop, found)
    assert found.parts["rubric"] == 0
    new = [each for each in found.effects if each.fingerprint == finding.fingerprint]
    assert [each.effect for each in new] == []  # it came accepted, so it took nothing


def test_another_rubric_is_a_part(
    viewer_client: Client, shop: Repository, owner_client: Client
) -> None:
    rubrics = bootstrap.rubrics()
    strict = read_rubric(b"[limits]\nfunction_lines = 2\n")
    seen = rubrics.standing(shop.pk).seen
    author = Author(int(owner_client.session["_auth_user_id"]), "owner")
    bootstrap.rubric_changes().change(RubricChange(shop.pk, strict, seen, "stricter", author))
    bootstrap.scanning().run(shop.scans.latest("pk").pk)

    shown = page(viewer_client, shop)

    found = record(shop)
    assert found.before.commit == found.after.commit
    assert_shown_scores(shop, found)
    assert found.parts["rubric"] == pytest.approx(found.moved) != 0
    assert "Changed between them" in shown


def test_a_force_push_is_told(
    viewer_client: Client, shop: Repository, builder: RepositoryBuilder
) -> None:
    builder.branch("main", builder.head("HEAD~2"))
    now = timezone.now()
    builder.commit({"shop/anew.py": UNTYPED}, "Begin anew", author=BEN, when=now)
    scan(shop.pk)

    shown = page(viewer_client, shop)

    assert_shown_scores(shop, record(shop))
    assert [step.is_back for step in record(shop).steps] == [True, False]
    assert "taken back" in shown


def test_past_lines_are_shown_from_the_mirror(viewer_client: Client, shop: Repository) -> None:
    shown = page(viewer_client, shop, "?kind=fixed")
    href = shown.partition("compare/file/")[2].partition('"')[0].replace("&amp;", "&")
    there = address(shop) + "file/" + href

    lines = viewer_client.get(there).content.decode()

    assert "shop/prices.py?" in href
    assert "side=before" in href
    assert "total" in lines
    assert "fixed" in lines


def test_a_mirror_that_is_not_here_is_told_plainly(
    viewer_client: Client, shop: Repository, builder: RepositoryBuilder
) -> None:
    shown = page(viewer_client, shop, "?kind=fixed")
    href = shown.partition("compare/file/")[2].partition('"')[0].replace("&amp;", "&")
    builder.path.rename(builder.path.with_name("elsewhere"))

    lines = viewer_client.get(address(shop) + "file/" + href).content.decode()

    assert 'class="notice warn"' in lines
    assert "TY01" in lines


def test_a_file_without_effects_is_none(viewer_client: Client, shop: Repository) -> None:
    page(viewer_client, shop)

    assert viewer_client.get(address(shop) + "file/shop/none.py").status_code == 404


def test_one_verdict_is_too_few(viewer_client: Client, shop: Repository) -> None:
    assert shop.latest is not None
    Snapshot.objects.filter(repository=shop).exclude(pk=shop.latest.pk).delete()

    shown = viewer_client.get(address(shop)).content.decode()

    assert "There is one verdict so far." in shown


def test_a_comparison_that_is_kept_costs_few_queries(
    viewer_client: Client, shop: Repository, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(viewer_client, shop)

    # session, user, repository, points, both verdicts, the pair, a reminder, its record, scans,
    # and on PostgreSQL the time
    with django_assert_num_queries(10 + (connection.vendor == "postgresql")):
        viewer_client.get(address(shop))


def test_strangers_see_nothing(foreign_client: Client, shop: Repository) -> None:
    assert foreign_client.get(address(shop)).status_code == 404
    assert foreign_client.post(address(shop) + "again/").status_code == 404
    assert foreign_client.get(address(shop) + "file/shop/prices.py").status_code == 404
