"""`manage.py score`: what it prints and how it ends. No test here has a database.

Most run the command in this process, for its start costs more than its work; the first runs it as
a person or a pipeline does.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from scanner.application.document import SCHEMA
from scanner.domain.rubric import KEYS
from tests.services.git_http import GitHttpServer
from tests.services.repositories import RepositoryBuilder

ROOT = Path(__file__).resolve().parents[3]

OFFENDING = '''"""A module."""

import json


def load(text):
    """Read it."""
    try:
        return json.loads(text)
    except Exception:
        pass
'''
CLEAN = '''"""A module."""


def double(value: int) -> int:
    """Twice the value."""
    return value * 2
'''
TESTS = """from shop import clean, load


def test_clean() -> None:
    assert clean.double(2) == 4


def test_load() -> None:
    assert load.load("1") == 1
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How the command ended."""

    status: object
    stdout: str
    stderr: str


def score(*arguments: str | Path) -> Ended:
    """Run the command here."""
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("score", *map(str, arguments), stdout=out, stderr=err, no_color=True)
    return Ended(ended.value.code, out.getvalue(), err.getvalue())


def scored(*arguments: str | Path) -> dict[str, Any]:
    """The document that the command prints."""
    done = score(*arguments, "--format", "json")
    assert done.status == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture
def repository(tmp_path: Path) -> RepositoryBuilder:
    """Two commits: the second adds the offending module, which a test imports already."""
    builder = RepositoryBuilder(tmp_path / "shop")
    start = {"shop/__init__.py": "", "shop/clean.py": CLEAN, "tests/test_shop.py": TESTS}
    builder.commit(start, message="Start")
    builder.commit({"shop/load.py": OFFENDING}, message="Load orders")
    return builder


def test_it_runs_as_a_process_of_its_own(repository: RepositoryBuilder) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "score", repository.path, "--fail-under", "99.9"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stdout.startswith("shop scores ")
    assert "Gate failed" in done.stderr


def test_it_scores_the_head_of_a_git_repository(repository: RepositoryBuilder) -> None:
    content = scored(repository.path)
    assert content["schema"] == SCHEMA
    assert content["source"]["commit"] == repository.head()
    assert content["source"]["committed_at"] == "2024-01-01T13:00:00Z"
    assert content["modules"] == 3
    assert content["coverage"] == 1
    assert {finding["rule"] for finding in content["findings"]} == {"FF01", "TY01"}


def test_newer_syntax_than_the_parsers_is_read_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interpreter = replace(settings.CODEVITALS, interpreter=sys.executable)
    monkeypatch.setattr(settings, "CODEVITALS", interpreter)
    (tmp_path / "older.py").write_text(CLEAN)
    (tmp_path / "newer.py").write_text(f'{CLEAN}\n\nASK = t"{{double(1)}}"\n')
    content = scored(tmp_path)
    assert {row["path"]: row["read_as"] for row in content["files"]} == {
        "newer.py": "rewritten",
        "older.py": "source",
    }
    assert content["coverage"] == 1
    said = score(tmp_path).stdout
    assert "1 module in newer syntax than the parser's, read through rewriting" in said


def test_the_document_has_the_fields_that_others_rely_on(repository: RepositoryBuilder) -> None:
    content = scored(repository.path, "--functions")
    assert set(content) == {
        "schema", "engine", "rubric", "source", "score", "strict_score", "grade", "lines",
        "modules", "coverage", "unmeasured", "excluded", "principles", "files", "findings",
    }  # fmt: skip
    assert [row["key"] for row in content["principles"]] == list(KEYS)
    assert set(content["principles"][0]) == {
        "key", "score", "conforming", "debt", "grace", "rigour", "n", "applicable", "weight",
        "points_lost", "findings",
    }  # fmt: skip
    load = next(row for row in content["files"] if row["path"] == "shop/load.py")
    assert set(load) == {"path", "lines", "score", "points_lost", "read_as", "functions"}
    assert load["read_as"] == "source"
    assert load["functions"] == [
        {
            "name": "load",
            "line": 6,
            "end_line": 11,
            "lines": 4,
            "complexity": 2,
            "slots": 2,
            "annotated": 0,
        }
    ]
    assert set(content["findings"][0]) == {
        "rule", "name", "principle", "path", "line", "end_line", "symbol", "message", "cost",
        "points", "fingerprint", "accepted", "related",
    }  # fmt: skip


def test_points_sum_to_what_is_lost(repository: RepositoryBuilder) -> None:
    content = scored(repository.path)
    lost = 100 - content["score"]
    assert lost > 0
    assert sum(row["points"] for row in content["findings"]) == pytest.approx(lost, abs=1e-9)
    assert sum(row["points_lost"] for row in content["files"]) == pytest.approx(lost, abs=1e-9)
    assert sum(row["points_lost"] for row in content["principles"]) == pytest.approx(lost, abs=1e-9)


def test_functions_are_listed_only_on_request(repository: RepositoryBuilder) -> None:
    assert all("functions" not in row for row in scored(repository.path)["files"])


def test_an_older_ref_can_be_scored(repository: RepositoryBuilder) -> None:
    content = scored(repository.path, "--ref", "HEAD~1")
    assert content["score"] == 100
    assert content["findings"] == []


def test_a_bare_repository_is_scored(repository: RepositoryBuilder, tmp_path: Path) -> None:
    bare = repository.bare_clone(tmp_path / "shop.git")
    assert scored(bare)["source"]["commit"] == repository.head()


def test_a_plain_folder_is_scored_as_it_lies_there(tmp_path: Path) -> None:
    (tmp_path / "load.py").write_text(OFFENDING)
    content = scored(tmp_path)
    assert content["source"]["commit"] is None
    assert content["source"]["committed_at"] is None
    assert content["modules"] == 1


def test_a_folder_inside_a_repository_is_a_plain_folder(repository: RepositoryBuilder) -> None:
    content = scored(repository.path / "shop")
    assert content["source"]["commit"] is None
    assert content["modules"] == 3


def test_uncommitted_changes_get_a_notice_and_no_score(repository: RepositoryBuilder) -> None:
    (repository.path / "shop" / "load.py").write_text(CLEAN)
    done = score(repository.path, "--format", "json")
    assert "not scored" in done.stderr
    assert json.loads(done.stdout)["score"] < 100


def test_a_secret_is_found_and_never_told(tmp_path: Path) -> None:
    secret, password = "q7Lz93mXcV0b4TqR8sWk", "vK3w-91xQ"
    builder = RepositoryBuilder(tmp_path / "shop")
    builder.commit(
        {
            "shop/pay.py": f'API_KEY = "{secret}"\n',
            "deploy/.env": f"SMTP_PASSWORD={password}\n",
            ".env.example": "SMTP_PASSWORD=as-you-like-9\n",
        }
    )

    document = scored(builder.path)

    assert [(each["rule"], each["path"], each["line"]) for each in document["findings"]] == [
        ("CF05", "deploy/.env", 1),
        ("CF01", "shop/pay.py", 1),
    ]
    told = json.dumps(document) + score(builder.path).stdout
    assert secret not in told
    assert password not in told


def test_equal_input_gives_equal_bytes(repository: RepositoryBuilder) -> None:
    first = score(repository.path, "--format", "json")
    assert first.stdout == score(repository.path, "--format", "json").stdout


def test_text_tells_the_verdict_and_the_place(repository: RepositoryBuilder) -> None:
    done = score(repository.path)
    assert done.status == 0
    assert done.stdout.startswith("shop scores ")
    assert "FF01  shop/load.py:10" in done.stdout


def test_a_score_under_the_gate_ends_with_one(repository: RepositoryBuilder) -> None:
    assert score(repository.path, "--fail-under", "99.9").status == 1
    assert score(repository.path, "--fail-under", "10").status == 0


def test_a_partial_score_fails_any_gate(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("def broken(:\n")
    (tmp_path / "fine.py").write_text(CLEAN)
    done = score(tmp_path, "--fail-under", "0")
    assert done.status == 1
    assert "Not measured: broken.py:1" in done.stdout


def test_a_rubric_file_changes_the_verdict(repository: RepositoryBuilder, tmp_path: Path) -> None:
    rubric = tmp_path / "rubric.toml"
    rubric.write_text('[rules]\noff = ["FF01", "TY01"]\n')
    content = scored(repository.path, "--rubric", rubric)
    assert content["score"] == 100
    assert content["rubric"] != scored(repository.path)["rubric"]


@pytest.mark.parametrize(
    ("files", "arguments", "message"),
    [
        ({"README.md": "no module"}, [], "no Python module in scope"),
        ({"a.py": CLEAN}, ["--ref", "main"], "no git repository"),
        ({"a.py": CLEAN}, ["--rubric", "missing.toml"], "missing.toml"),
    ],
)
def test_what_cannot_be_scored_ends_with_two(
    tmp_path: Path, files: dict[str, str], arguments: list[str], message: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    done = score(tmp_path, *arguments)
    assert done.status == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_ref_ends_with_two(repository: RepositoryBuilder) -> None:
    done = score(repository.path, "--ref", "no-such-branch")
    assert done.status == 2
    assert "no such commit" in done.stderr


def test_a_missing_path_ends_with_two(tmp_path: Path) -> None:
    done = score(tmp_path / "nowhere")
    assert done.status == 2
    assert "nowhere" in done.stderr


def test_a_url_is_mirrored_for_the_moment(
    repository: RepositoryBuilder, git_http: GitHttpServer
) -> None:
    git_http.publish(repository, "score-by-url")
    url = git_http.url("open", "score-by-url")
    settings.CODEVITALS = replace(
        settings.CODEVITALS, private_hosts=("127.0.0.1",), allow_http=True
    )
    content = scored(url, "--ref", "main")
    assert content["source"]["path"] == url
    assert content["source"]["commit"] == repository.head()
    assert {finding["rule"] for finding in content["findings"]} == {"FF01", "TY01"}


@pytest.mark.parametrize("address", ["file:///etc", "ext::sh -c id", "https://-oProxy/x"])
def test_a_refused_address_ends_with_two(address: str) -> None:
    done = score(address)
    assert done.status == 2
    assert done.stdout == ""
