"""`manage.py compare`: what moved the score between two commits."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from scanner.application.compare_document import SCHEMA
from tests.dashboard.commands.test_score import CLEAN, OFFENDING, TESTS, Ended, scored
from tests.services.git_http import GitHttpServer
from tests.services.repositories import RepositoryBuilder


def compare(*arguments: str | Path) -> Ended:
    """Run the command here."""
    out, err = StringIO(), StringIO()
    status: object = 0
    try:
        call_command("compare", *map(str, arguments), stdout=out, stderr=err, no_color=True)
    except SystemExit as ended:
        status = ended.code
    return Ended(status, out.getvalue(), err.getvalue())


def compared(*arguments: str | Path) -> dict[str, Any]:
    """The document that the command prints."""
    done = compare(*arguments, "--format", "json")
    assert done.status == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture
def shop(tmp_path: Path) -> RepositoryBuilder:
    """Three versions: clean, with an offending module, and that module renamed and moved down."""
    builder = RepositoryBuilder(tmp_path / "shop")
    start = {"shop/__init__.py": "", "shop/clean.py": CLEAN, "tests/test_shop.py": TESTS}
    builder.commit(start)
    builder.tag("v1")
    builder.commit({"shop/load.py": OFFENDING})
    builder.tag("v2")
    builder.commit({"shop/load.py": None, "shop/read*_me.py": f"# A note.\n{OFFENDING}"})
    builder.tag("v3")
    return builder


def test_the_parts_sum_to_the_difference(shop: RepositoryBuilder) -> None:
    found = compared(shop.path, "v1", "v2")

    before, after = (scored(shop.path, "--ref", tag) for tag in ("v1", "v2"))
    assert found["schema"] == SCHEMA
    assert (found["from"], found["to"]) == (shop.head("v1"), shop.head("v2"))
    assert (found["score_from"], found["score_to"]) == (before["score"], after["score"])
    moved = after["score"] - before["score"]
    assert sum(part["points"] for part in found["parts"]) == pytest.approx(moved, abs=1e-9)
    assert {(row["rule"], row["kind"]) for row in found["findings"]} == {
        ("FF01", "new"),
        ("TY01", "new"),
    }


def test_a_renamed_file_brings_nothing_new(shop: RepositoryBuilder) -> None:
    found = compared(shop.path, "v2", "v3")

    moved = [row["kind"] for row in found["findings"] if row["rule"] in {"FF01", "TY01"}]
    assert "new" not in moved
    assert "fixed" not in moved


def test_the_way_back_is_the_way_there(shop: RepositoryBuilder) -> None:
    there, back = compared(shop.path, "v1", "v2"), compared(shop.path, "v2", "v1")

    assert back["score_to"] - back["score_from"] == there["score_from"] - there["score_to"]
    assert {row["kind"] for row in back["findings"]} == {"fixed"}


def test_text_begins_with_the_sentence(shop: RepositoryBuilder) -> None:
    text = compare(shop.path, "v1", "v2").stdout

    assert text.startswith("shop falls from ")
    assert "New findings" in text
    assert "FF01  shop/load.py:10" in text
    assert compare(shop.path, "v2", "v2").stdout.startswith("shop stays at ")


def test_markdown_shows_what_is_written(shop: RepositoryBuilder) -> None:
    text = compare(shop.path, "v1", "v3", "--format", "markdown").stdout

    assert text.startswith("**shop falls from ")
    assert "| New findings | -" in text
    assert "`shop/read*_me.py:11`" in text


def test_a_url_is_mirrored_for_the_moment(
    shop: RepositoryBuilder, git_http: GitHttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_http.publish(shop, "compared")
    opened = replace(settings.CODEVITALS, private_hosts=("127.0.0.1",), allow_http=True)
    monkeypatch.setattr(settings, "CODEVITALS", opened)

    assert compared(git_http.url("open", "compared"), "v1", "v2") == compared(shop.path, "v1", "v2")


@pytest.mark.parametrize("arguments", [("nothing/here", "a", "b"), (".", "a", "b")])
def test_what_has_no_commits_is_told(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = compare(*arguments)

    assert done.status == 2
    assert done.stderr.startswith("Not compared: ")


def test_an_unknown_ref_is_told(shop: RepositoryBuilder) -> None:
    assert compare(shop.path, "v1", "v9").status == 2
