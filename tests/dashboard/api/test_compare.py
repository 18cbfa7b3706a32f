"""Two points side by side through the API: asked, waited for, answered, and every way to fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from scanner.application.configuration import Configuration
from scanner.storage.models import ComparedPair, Membership, Repository, Snapshot, Team
from tests.dashboard.answers import Answer
from tests.dashboard.api.conftest import Program, program_of
from tests.dashboard.compared import build_shop, judge_pairs, register_shop
from tests.portfolio import store_team, store_user


@pytest.fixture
def shop(team: Team, reachable: Configuration, tmp_path: Path) -> Repository:
    """A repository in git, scanned at its first commit and at its last."""
    return register_shop(team, build_shop(tmp_path / "shop"))


def address(repository: Repository, query: str = "") -> str:
    """The comparison of a repository."""
    return f"repositories/{repository.pk}/compare{query}"


def first_error(answer: Answer) -> dict[str, str]:
    """The first thing that was wrong with what was sent."""
    assert answer.status_code == 422, answer.content
    found: dict[str, str] = json.loads(answer.content)["errors"][0]
    return found


def judged(reader: Program, path: str) -> dict[str, object]:
    """A comparison, once its worker is through."""
    reader.ask("GET", path)
    judge_pairs()
    found: dict[str, object] = reader.get(path)
    return found


def test_it_is_coming_and_then_it_is_there(reader: Program, shop: Repository) -> None:
    ComparedPair.objects.all().delete()
    answer = reader.ask("GET", address(shop))

    coming = json.loads(answer.content)
    assert (answer.status_code, answer["Retry-After"]) == (202, "2")
    assert coming["status"] in {"queued", "running"}
    judge_pairs()
    again = coming["again"].removeprefix("/api/v1/")
    found = reader.get(again)
    assert found["schema"] == "codevitals.compare/1"
    parts = {part["kind"]: part["points"] for part in found["parts"]}
    assert list(parts) == ["new", "fixed", "changed", "accepted", "rubric", "structure"]
    assert sum(parts.values()) == pytest.approx(found["score_to"] - found["score_from"], abs=1e-9)
    assert {step["subject"] for step in found["commits"]} >= {"Load prices", "Type prices"}
    assert {each["kind"] for each in found["findings"]} >= {"new", "fixed"}


def test_it_is_the_document_of_the_page(
    reader: Program, shop: Repository, lead_client: Client
) -> None:
    query = f"?from={shop.snapshots.earliest('pk').commit[:8]}"
    found = judged(reader, address(shop, query))

    page = reverse("compare", args=[shop.team.slug, shop.slug])
    download = lead_client.get(f"{page}{query}&format=json")
    assert found == json.loads(download.content)


def test_points_are_commits_tags_days_and_snapshots(reader: Program, shop: Repository) -> None:
    Snapshot.objects.filter(pk=shop.snapshots.earliest("pk").pk).update(tags=["v1.0"])
    first, last = shop.snapshots.earliest("pk"), shop.snapshots.latest("pk")
    expected = judged(reader, address(shop, f"?from=snapshot-{first.pk}&to=snapshot-{last.pk}"))

    assert (expected["from"], expected["to"]) == (first.commit, last.commit)
    day = first.committed_at.date().isoformat()
    for before in (first.commit, first.commit[:8], "v1.0", day):
        assert judged(reader, address(shop, f"?from={before}&to={last.commit}")) == expected


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?from=nowhere", "from"),
        ("?to=nowhere", "to"),
        ("?to=snapshot-99999999", "to"),
        ("?from=2001-01-01", "from"),
        ("?from=ab", "from"),
        ("?from=%00", "from"),
        ("?from=" + "x" * 300, "from"),
    ],
)
def test_what_is_no_point_is_told(
    query: str, field: str, reader: Program, repository: Repository
) -> None:
    error = first_error(reader.ask("GET", address(repository, query)))

    assert error["field"] == field
    assert error["message"]


def test_a_first_scan_has_nothing_before_it(
    reader: Program, team: Team, repository: Repository
) -> None:
    repository.snapshots.exclude(pk=repository.latest_id or 0).delete()

    error = first_error(reader.ask("GET", address(repository)))

    assert (error["field"], error["code"]) == ("from", "compare.nothing")
    assert "scan again" in error["next_step"]


def test_a_plain_folder_has_no_commits(reader: Program, repository: Repository) -> None:
    Repository.objects.update(kind=Repository.Kind.FOLDER)

    answer = reader.ask("GET", address(repository))

    assert answer.status_code == 400
    assert json.loads(answer.content)["code"] == "compare.folder"


def test_what_failed_says_why_and_is_tried_again(
    reader: Program, lead: User, repository: Repository
) -> None:
    reader.ask("GET", address(repository))
    ComparedPair.objects.update(
        status="failed", error_code="git.no-commit", error_message="Gone.", error_next_step="Look."
    )

    answer = reader.ask("GET", address(repository))
    assert (answer.status_code, json.loads(answer.content)) == (
        400,
        {"code": "git.no-commit", "message": "Gone.", "next_step": "Look."},
    )
    assert reader.ask("POST", address(repository)).status_code == 403
    again = program_of(lead, "scan").ask("POST", address(repository))
    assert (again.status_code, json.loads(again.content)["status"]) == (202, "queued")
    assert ComparedPair.objects.get().status in {"queued", "running"}


def test_a_foreign_repository_answers_as_a_missing_one(repository: Repository) -> None:
    stranger = program_of(store_user(store_team("Other"), "x", Membership.Role.OWNER), "admin")

    for method in ("GET", "POST"):
        foreign = stranger.ask(method, address(repository))
        missing = stranger.ask(method, "repositories/999999/compare")
        assert foreign.status_code == missing.status_code == 404
        assert foreign.content == missing.content
    assert ComparedPair.objects.count() == 0
