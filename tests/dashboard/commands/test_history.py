"""`manage.py history`: the past of a repository, every point as `score --ref` says it."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from scanner.application.history_document import SCHEMA
from scanner.domain.rubric import KEYS
from tests.dashboard.commands.test_score import CLEAN, OFFENDING, Ended, scored
from tests.services.git_http import GitHttpServer
from tests.services.repositories import RepositoryBuilder

MONDAY = datetime(2024, 1, 1, 9, tzinfo=UTC)
DECLARED = '[tool.codevitals.layers]\ndomain = ["shop/domain/**"]\npresentation = ["shop/web/**"]\n'
NEWER = "type Price = int\n"


def history(*arguments: str | Path) -> Ended:
    """Run the command here."""
    out, err = StringIO(), StringIO()
    status: object = 0
    try:
        call_command("history", *map(str, arguments), stdout=out, stderr=err, no_color=True)
    except SystemExit as ended:
        status = ended.code
    return Ended(status, out.getvalue(), err.getvalue())


def points(*arguments: str | Path) -> list[dict[str, Any]]:
    """The points of the document that the command prints."""
    done = history(*arguments, "--format", "json")
    assert done.status == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["schema"] == SCHEMA
    return list(document["points"])


@pytest.fixture
def shop(tmp_path: Path) -> RepositoryBuilder:
    """A repository of ten commits, a day apart from the second week on, three of them tagged."""
    builder = RepositoryBuilder(tmp_path / "shop")
    steps: list[dict[str, str | None]] = [
        {"shop/__init__.py": "", "shop/a.py": OFFENDING},
        {"tests/test_a.py": "from shop import a\n\n\ndef test_a():\n    assert a\n"},
        {
            "shop/domain/__init__.py": "",
            "shop/domain/b.py": "from shop.web import c\n",
            ".env": "SMTP_PASSWORD=vK3w-91xQ\n",
        },
        {"shop/web/__init__.py": "", "shop/web/c.py": "from shop.domain import b\n"},
        {"pyproject.toml": DECLARED},
        {"shop/a.py": CLEAN, "README.md": "Shop\n", ".env": "SMTP_PASSWORD=\n"},
        {"shop/a.pyi": "def double(value: int) -> int: ...\n", "shop/new.py": NEWER},
        {"shop/domain/b.py": None, "shop/web/c.py": OFFENDING.replace("load", "read")},
        {"pyproject.toml": None, "shop/broken.py": "def (\n", ".env": None},
        {"shop/broken.py": None, "shop/long.py": "x = 1\n" * 600},
    ]
    for number, files in enumerate(steps):
        when = MONDAY + timedelta(days=number + (5 if number else 0))
        builder.commit(files, f"Step {number}", when=when)
        if number in {1, 4, 9}:
            builder.tag(f"v{number}")
    return builder


def test_every_point_is_what_the_score_of_its_commit_is(shop: RepositoryBuilder) -> None:
    found = points(shop.path, "--every", "commit")

    assert len(found) == 10
    for point in found:
        verdict = scored(shop.path, "--ref", point["commit"])
        expected = {
            "commit": verdict["source"]["commit"],
            "committed_at": verdict["source"]["committed_at"],
            "score": verdict["score"],
            "coverage": verdict["coverage"],
            "lines": verdict["lines"],
            "principles": {each["key"]: each["score"] for each in verdict["principles"]},
        }
        assert point == expected


def test_points_chosen_from_the_chain_are_the_same_points(shop: RepositoryBuilder) -> None:
    every = {point["commit"]: point for point in points(shop.path, "--every", "commit")}

    weeks, tags = points(shop.path), points(shop.path, "--every", "tag")

    assert [point["committed_at"][:10] for point in weeks] == [
        "2024-01-07", "2024-01-14", "2024-01-15",
    ]  # fmt: skip
    assert [point["committed_at"][:10] for point in tags] == [
        "2024-01-07", "2024-01-10", "2024-01-15",
    ]  # fmt: skip
    assert all(every[point["commit"]] == point for point in weeks + tags)


def test_since_leaves_out_what_came_before(shop: RepositoryBuilder) -> None:
    found = points(shop.path, "--every", "commit", "--since", "2024-01-14")

    assert [point["committed_at"][:10] for point in found] == ["2024-01-14", "2024-01-15"]
    assert history(shop.path, "--since", "2030-01-01").status == 2
    with pytest.raises(CommandError):
        history(shop.path, "--since", "yesterday")


def test_until_leaves_out_what_came_after(shop: RepositoryBuilder) -> None:
    found = points(shop.path, "--every", "commit", "--since", "2024-01-08", "--until", "2024-01-09")

    assert [point["committed_at"][:10] for point in found] == ["2024-01-08", "2024-01-09"]
    none = history(shop.path, "--until", "2023-12-31")
    assert (none.status, none.stdout) == (2, "")
    assert "Choose other days" in none.stderr


def test_csv_holds_the_same_figures(shop: RepositoryBuilder) -> None:
    rows = list(csv.DictReader(StringIO(history(shop.path, "--format", "csv").stdout)))

    for row, point in zip(rows, points(shop.path), strict=True):
        assert (row["commit"], float(row["score"])) == (point["commit"], point["score"])
        for key in KEYS:
            value = point["principles"][key]
            assert row[key] == ("" if value is None else str(value))


def test_text_tells_change_and_tags(shop: RepositoryBuilder) -> None:
    text = history(shop.path, "--every", "tag").stdout

    assert text.startswith("shop scores ")
    assert "3 points" in text.splitlines()[0]
    assert [line.rsplit("  ", 1)[1] for line in text.splitlines()[3:]] == ["v1", "v4", "v9"]


def test_a_rubric_is_kept_to(shop: RepositoryBuilder, tmp_path: Path) -> None:
    rubric = tmp_path / "rubric.toml"
    rubric.write_text("[limits]\nfile_lines = 5\n")

    strict = points(shop.path, "--rubric", rubric)

    assert strict[-1]["score"] == scored(shop.path, "--rubric", rubric)["score"]
    assert strict[-1]["score"] < points(shop.path)[-1]["score"]


def test_a_url_is_mirrored_with_its_tags(
    shop: RepositoryBuilder, git_http: GitHttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_http.publish(shop, "past-by-url")
    opened = replace(settings.CODEVITALS, private_hosts=("127.0.0.1",), allow_http=True)
    monkeypatch.setattr(settings, "CODEVITALS", opened)

    found = points(git_http.url("open", "past-by-url"), "--every", "tag")

    assert found == points(shop.path, "--every", "tag")


def test_commits_without_modules_have_no_score(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "young")
    builder.commit({"README.md": "To come.\n"})
    nothing = history(builder.path)
    assert (nothing.status, nothing.stdout) == (2, "")
    assert "no Python module to score" in nothing.stderr

    builder.commit({"young.py": CLEAN})
    assert len(points(builder.path, "--every", "commit")) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--since", "2024-02-30"), ("--until", "now"), ("--every", "day"), ("--format", "xml"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_no_traceback(
    shop: RepositoryBuilder, arguments: tuple[str, ...]
) -> None:
    with pytest.raises(CommandError, match=arguments[0]):
        history(shop.path, *arguments)


def test_a_rubric_that_is_not_there_is_told(shop: RepositoryBuilder, tmp_path: Path) -> None:
    done = history(shop.path, "--rubric", tmp_path / "none.toml")
    assert done.status == 2
    assert "cannot be read" in done.stderr


def test_an_empty_repository_is_told(tmp_path: Path) -> None:
    done = history(RepositoryBuilder(tmp_path / "empty").path)
    assert (done.status, done.stdout) == (2, "")
    assert "no commits yet" in done.stderr


@pytest.mark.parametrize("source", ["nothing/here", "."])
def test_what_has_no_past_is_told(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    done = history(source)

    assert done.status == 2
    assert done.stderr.startswith("Not judged: ")
