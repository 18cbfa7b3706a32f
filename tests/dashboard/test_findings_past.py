"""The list of findings as of a point that a backfill judged: what `score --ref` finds there."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from scanner import bootstrap
from scanner.application.accepting import NewAcceptance
from scanner.application.past_lines import PastLines
from scanner.application.registration import RegistrationRequest
from scanner.bootstrap import showing
from scanner.storage.models import Finding, Repository, Snapshot, Team
from tests.portfolio import store_user
from tests.services.repositories import RepositoryBuilder

QUIET = "def f{0}(x):\n    try:\n        return x\n    except Exception:\n        pass\n"
BARE = "import os\n\n\ndef g{0}(a, b=[]):\n    print(os.environ['A'])\n    return a\n"
RING = ("from shop import right\n\n\ndef one():\n    return right.two()\n",
        "from shop import left\n\n\ndef two():\n    return left.one()\n")  # fmt: skip
WEEK = timedelta(days=7)


class Past:
    """A repository of five weeks, scanned at its head and read back."""

    def __init__(self, folder: Path, team: Team) -> None:
        self.folder = folder
        builder, when = RepositoryBuilder(folder), datetime(2024, 1, 1, tzinfo=UTC)
        first = {f"shop/q{n}.py": QUIET.format(n) for n in range(30)}
        ring = {"shop/left.py": RING[0], "shop/right.py": RING[1], "shop/__init__.py": ""}
        self.commits = [builder.commit({**first, **ring}, when=when)]
        changes: tuple[dict[str, str | None], ...] = (
            {"shop/old.py": BARE.format(1)},
            {"shop/old.py": None},
            {"shop/q0.py": "N = 1\n"},
        )
        for number, files in enumerate(changes, 1):
            self.commits.append(builder.commit(files, when=when + number * WEEK))
        self.commits.append(builder.commit({"shop/log.py": "N = 2\n"}, when=when + 5 * WEEK))
        request = RegistrationRequest(team.pk, str(folder), may_use_paths=True)
        registered = bootstrap.registration().register(request)
        bootstrap.work(registered.scan_id)
        self.repository = Repository.objects.get(pk=registered.repository.id)
        bootstrap.work(self.repository.scans.get(kind="backfill").pk)
        self.there = reverse("findings", args=[team.slug, self.repository.slug])

    def told(self, commit: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
        """What `score --ref` says."""
        with pytest.raises(SystemExit):
            call_command("score", str(self.folder), ref=commit, format="json")
        found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
        return found


@pytest.fixture
def past(team: Team, tmp_path: Path, settings: Settings) -> Past:
    settings.CODEVITALS = replace(
        settings.CODEVITALS, local_roots=(tmp_path,), data_dir=tmp_path / "data"
    )
    return Past(tmp_path / "shop", team)


def records(client: Client, past: Past, **query: str) -> list[dict[str, str]]:
    """The rows of the file for a spreadsheet."""
    response = client.get(past.there, {**query, "format": "csv"})
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_a_point_has_what_a_score_of_its_commit_has(
    lead_client: Client, past: Past, capsys: pytest.CaptureFixture[str]
) -> None:
    for commit in past.commits[:-1]:
        told = past.told(commit, capsys)
        rows = records(lead_client, past, at=commit)
        assert {
            (row["fingerprint"], row["path"], int(row["line"]), row["message"], row["points"])
            for row in rows
        } == {
            (each["fingerprint"], each["path"], each["line"], each["message"],
             f"{each['points']:.6f}")
            for each in told
        }  # fmt: skip
        assert len(rows) == len(told) > 50


def test_the_page_lists_them_with_what_became_of_them(lead_client: Client, past: Past) -> None:
    response = lead_client.get(past.there, {"at": past.commits[1][:9]})
    text = response.content.decode()
    page = response.context["page"]
    assert "As of commit" in text
    assert page.total > len(page.rows) == 50
    points = [row.spot.points for row in page.rows]
    assert points == sorted(points, reverse=True)
    assert points[0] > 0
    old = lead_client.get(past.there, {"at": past.commits[1], "path": "shop/old.py"})
    rows = old.context["page"].rows
    assert {row.fate.state for row in rows} == {"gone"}
    assert {row.fate.commit for row in rows} == {past.commits[2]}
    quiet = lead_client.get(past.there, {"at": past.commits[1], "path": "shop/q1.py"})
    assert {row.fate.state for row in quiet.context["page"].rows} == {"open"}


def test_filters_pages_and_orders(lead_client: Client, past: Past) -> None:
    at = past.commits[0]
    every = lead_client.get(past.there, {"at": at}).context["page"]
    second = lead_client.get(past.there, {"at": at, "page": "2"}).context["page"]
    assert (second.number, second.first) == (2, 51)
    assert not {row.fingerprint for row in every.rows} & {row.fingerprint for row in second.rows}
    by_path = lead_client.get(past.there, {"at": at, "sort": "path"}).context["page"].rows
    assert [row.path for row in by_path] == sorted(row.path for row in by_path)
    rule = every.rows[0].rule
    narrowed = lead_client.get(past.there, {"at": at, "rule": rule}).context["page"].rows
    assert {row.rule for row in narrowed} == {rule}
    principle = every.rows[0].principle
    narrowed = lead_client.get(past.there, {"at": at, "principle": principle}).context["page"].rows
    assert {row.principle for row in narrowed} == {principle}
    text = lead_client.get(past.there, {"at": at, "text": "f3"}).context["page"].rows
    assert {row.symbol for row in text} == {"f3"}
    least = max(row.spot.points for row in every.rows)
    dear = lead_client.get(past.there, {"at": at, "least": str(least - 1e-9)}).context["page"]
    assert 0 < dear.total < every.total
    nothing = lead_client.get(past.there, {"at": at, "text": "nowhere"})
    assert "Show all findings of then" in nothing.content.decode()
    part = lead_client.get(past.there, {"at": at}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "As of commit" in part.content.decode()


def test_a_file_of_then_shows_what_was_found_in_it(lead_client: Client, past: Past) -> None:
    listed = lead_client.get(past.there, {"at": past.commits[1], "path": "shop/old.py"})
    (_, href) = listed.context["listed"][0]
    page = lead_client.get(href.partition("#")[0])
    text = page.content.decode()
    assert "environ" in text
    assert page.context["found"] == listed.context["page"].total
    assert "finding-row" in text
    gone = href.replace(past.commits[1], past.commits[2]).partition("#")[0]
    assert lead_client.get(gone).status_code == 404
    assert (
        lead_client.get(href.replace(past.commits[1], "dead").partition("#")[0]).status_code == 404
    )


def test_of_a_large_tree_the_files_of_a_page_are_judged(
    lead_client: Client, past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = lead_client.get(past.there, {"at": past.commits[0], "sort": "path"}).context["page"]
    small = bootstrap.past_lines()
    monkeypatch.setattr(small, "_whole", 3)
    monkeypatch.setattr(bootstrap, "past_lines", lambda: small)
    response = lead_client.get(past.there, {"at": past.commits[0]})
    page = response.context["page"]
    assert [row.fingerprint for row in page.rows] == [row.fingerprint for row in whole.rows]
    judged = [(one.spot, row.spot) for one, row in zip(page.rows, whole.rows, strict=True)]
    alone = [(one, other._replace(points=None)) for one, other in judged if one]
    assert len(alone) > 40
    assert all(one == other for one, other in alone)
    assert "In a repository of this size" in response.content.decode()


def test_without_the_repository_the_names_stay(lead_client: Client, past: Past) -> None:
    past.folder.rename(past.folder.with_name("elsewhere"))
    response = lead_client.get(past.there, {"at": past.commits[0]})
    assert "Lines and points are not to be had now" in response.content.decode()
    assert response.context["page"].total > 50
    assert records(lead_client, past, at=past.commits[0])[0]["line"] == ""


def test_what_a_team_accepts_plays_no_part_in_the_past(lead_client: Client, past: Past) -> None:
    before = list(Snapshot.objects.filter(backfilled=True).values_list("pk", "score"))
    finding = Finding.objects.filter(repository=past.repository, path="shop/q1.py", cost__gt=0)
    chosen = [finding.order_by("-points")[0].fingerprint]
    accepting = NewAcceptance(
        past.repository.pk, chosen, "As agreed", None, store_user(past.repository.team, "ann").pk
    )
    bootstrap.work(bootstrap.accepting().accept(accepting).scan.id)
    bootstrap.work(bootstrap.backfills().request(past.repository.pk).id)
    past.repository.refresh_from_db()
    assert past.repository.latest is not None
    assert past.repository.latest.accepted_findings == 1
    assert list(Snapshot.objects.filter(backfilled=True).values_list("pk", "score")) == before
    rows = records(lead_client, past, at=past.commits[0])
    assert [row["since_then"] for row in rows if row["fingerprint"] == chosen[0]] == ["accepted"]
    trend = reverse("trend", args=[past.repository.team.slug, past.repository.slug])
    assert "not rewritten by it" in lead_client.get(trend).content.decode()


def test_a_point_takes_few_queries(
    lead_client: Client, past: Past, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lead_client.get(past.there, {"at": past.commits[0]})
    # session, user, frame, rules in use, the point, rules of then, the repository, the rubric,
    # what was found, what scans say of it, points that lack it
    with django_assert_num_queries(11):
        lead_client.get(past.there, {"at": past.commits[0]})


def test_the_use_case_is_wired() -> None:
    assert isinstance(showing.past_lines(), PastLines)
