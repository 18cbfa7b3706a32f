"""Scans, snapshots, trends and findings through the API."""

from __future__ import annotations

import json

import pytest

from dashboard.principles import LABELS
from scanner.rules.catalogue import RULES
from scanner.storage.models import Finding, Repository, Scan, Snapshot, Team
from tests.dashboard.api.conftest import Program
from tests.portfolio import store_judged, store_scan


def test_a_scan_is_asked_for_once(administrating: Program, repository: Repository) -> None:
    path = f"repositories/{repository.pk}/scans"

    first = json.loads(administrating.ask("POST", path).content)
    again = json.loads(administrating.ask("POST", path).content)

    assert (first["status"], first["id"]) == ("queued", again["id"])
    assert administrating.get(f"scans/{first['id']}")["repository"] == repository.pk


def test_scans_tell_their_outcome(reader: Program, repository: Repository) -> None:
    failed = store_scan(repository, Scan.Status.FAILED)
    Scan.objects.filter(pk=failed.pk).update(error_detail="for operators alone")

    found = reader.get(f"repositories/{repository.pk}/scans")

    assert found["total"] == repository.scans.count()
    assert found["items"][0]["error"]["code"] == Scan.objects.get(pk=failed.pk).error_code
    done = next(one for one in found["items"] if one["status"] == "done")
    assert repository.latest is not None
    assert done["score"] == repository.latest.score
    assert done["error"] is None
    assert "for operators" not in json.dumps(found)


def test_the_trend_is_the_past_in_order(reader: Program, repository: Repository) -> None:
    found = reader.get(f"repositories/{repository.pk}/trend")

    rows = list(repository.snapshots.order_by("committed_at"))
    assert found["schema"] == "codevitals.history/1"
    assert [one["commit"] for one in found["points"]] == [row.commit for row in rows]
    assert [one["score"] for one in found["points"]] == [row.score for row in rows]
    assert list(found["points"][0]["principles"]) == list(LABELS)


def test_the_trend_has_one_point_a_commit_and_none_that_vanished(
    reader: Program, repository: Repository
) -> None:
    first, second, _ = repository.snapshots.order_by("committed_at")
    Snapshot.objects.filter(pk=first.pk).update(vanished=True)
    again = Snapshot.objects.get(pk=second.pk)
    again.pk, again.engine, again.score = None, "2.0.0+cpython-3.14", 12.5
    again.judged_at = again.judged_at.replace(year=2031)
    again.save()

    found = reader.get(f"repositories/{repository.pk}/trend")["points"]
    assert found[0]["commit"] == second.commit
    assert found[0]["score"] == 12.5
    assert len(found) == 2
    every = reader.get(f"repositories/{repository.pk}/snapshots?limit=2")
    assert (len(every["items"]), every["total"]) == (2, 4)


def test_a_day_bounds_the_past(reader: Program, repository: Repository) -> None:
    last = repository.snapshots.latest("committed_at")
    day = last.committed_at.date().isoformat()

    found = reader.get(f"repositories/{repository.pk}/trend?since={day}")["points"]
    assert [one["commit"] for one in found] == [last.commit]
    path = f"repositories/{repository.pk}/snapshots?since="
    assert reader.get(path + day)["total"] == 1
    assert reader.ask("GET", path + "tomorrow").status_code == 422


def test_findings_are_filtered(reader: Program, repository: Repository) -> None:
    path = f"repositories/{repository.pk}/findings"
    every = reader.get(path)

    points = [one["points"] for one in every["items"]]
    assert points == sorted(points, reverse=True)
    one = every["items"][0]
    assert {each["rule"] for each in reader.get(f"{path}?rule={one['rule']}")["items"]} == {
        one["rule"]
    }
    assert reader.get(f"{path}?state=fixed")["total"] == (
        Finding.objects.filter(repository=repository).exclude(fixed_in=None).count()
    )
    assert reader.get(f"{path}?path=no/such/place")["total"] == 0


def test_a_span_of_days_bounds_the_past(reader: Program, repository: Repository) -> None:
    days = [row.committed_at.date() for row in repository.snapshots.order_by("committed_at")]
    for name, key in (("trend", "points"), ("snapshots", "items")):
        path = f"repositories/{repository.pk}/{name}"
        assert len(reader.get(f"{path}?until={days[1]}")[key]) == 2
        assert len(reader.get(f"{path}?since={days[1]}&until={days[1]}")[key]) == 1
        assert len(reader.get(f"{path}?until=9999-12-31")[key]) == 3
        answer = reader.ask("GET", f"{path}?since={days[2]}&until={days[0]}")
        assert answer.status_code == 422
        assert json.loads(answer.content)["errors"][0]["field"] == "until"


def test_findings_are_those_of_a_commit(reader: Program, team: Team) -> None:
    hidden = "def load(path):\n    try:\n        return 1\n    except Exception:\n        pass\n"
    bad = {"shop/a.py": hidden}
    mended = {"shop/a.py": '"""Nothing."""\n'}
    repository = store_judged(team, "judged", [bad, mended])
    first, last = repository.snapshots.order_by("turn")
    path = f"repositories/{repository.pk}/findings"

    then = reader.get(f"{path}?at={first.commit}")
    assert then["total"] == Finding.objects.filter(repository=repository).count() > 0
    assert {one["state"] for one in then["items"]} == {"fixed"}
    assert reader.get(f"{path}?at={first.commit[:10]}&rule=FF01")["total"] == 1
    assert reader.get(f"{path}?at={last.commit}")["total"] == 0


@pytest.mark.parametrize(
    ("at", "told"),
    [("dead", "No snapshot"), ("x" * 8, "pattern"), ("dea", "pattern"), ("%00", "pattern")],
)
def test_an_unknown_commit_is_told(
    at: str, told: str, reader: Program, repository: Repository
) -> None:
    answer = reader.ask("GET", f"repositories/{repository.pk}/findings?at={at}")

    assert answer.status_code == 422
    [error] = json.loads(answer.content)["errors"]
    assert error["field"] == "at"
    assert told in error["message"]


def test_a_point_without_findings_says_so(reader: Program, repository: Repository) -> None:
    commit = repository.snapshots.earliest("pk").commit
    answer = reader.ask("GET", f"repositories/{repository.pk}/findings?at={commit}")

    assert answer.status_code == 422
    assert "This is a point of the past" in str(answer.content)


@pytest.mark.parametrize(
    "query",
    ["state=all", "page=0", f"page={10**30}", "rule=" + "x" * 300],
)
def test_wrong_filters_are_refused(query: str, reader: Program, repository: Repository) -> None:
    answer = reader.ask("GET", f"repositories/{repository.pk}/findings?{query}")

    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"][0]["field"] == query.partition("=")[0]


def test_the_rubric_is_told(reader: Program, repository: Repository) -> None:
    found = reader.get("rubric")

    assert [one["key"] for one in found["principles"]] == list(LABELS)
    assert {rule["code"] for one in found["principles"] for rule in one["rules"]} == set(RULES)
