"""CF05 committed-secret-file."""

from __future__ import annotations

import pytest

from scanner.domain.findings import Assessment
from scanner.domain.project import ProjectConfig
from tests.scanner.rules.harness import check_tree, judge

KEY = "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEow7vXq" * 12 + "\n-----END RSA PRIVATE KEY-----\n"
FILES = {
    "conf/id_rsa": KEY,
    "deploy/.env": "PORT=80\n\nSMTP_PASSWORD=vK3w-91xQ\n",
    "shop/__init__.py": "X = 1\n",
    "web/.env": "PORT=80\n",
}


def test_environment_files_with_secrets() -> None:
    found = check_tree(
        "CF05",
        {
            "shop/a.py": "X = 1",
            ".env": """
                PORT=80
                SMTP_PASSWORD=vK3w-91xQ  # offends 10
                API_TOKEN=9f8e7d6c
            """,
            "docker/shop.env": "DATABASE_URL=postgres://shop:vK3w91xQ@db/shop  # offends 10",
            "web/.env": "PORT=9222  # offends 0",
        },
    )
    assert [finding.message for finding in found] == [
        "`SMTP_PASSWORD` has a value in a committed file; replace it, and keep it elsewhere.",
        "`DATABASE_URL` has a value in a committed file; replace it, and keep it elsewhere.",
        "An environment file is committed; its first value is `PORT`.",
    ]


def test_examples_and_files_beside_production_are_fine() -> None:
    check_tree(
        "CF05",
        {
            "shop/a.py": "X = 1",
            ".env.example": "SMTP_PASSWORD=vK3w-91xQ",
            ".env.test": "SMTP_PASSWORD=vK3w-91xQ",
            "tests/.env": "SMTP_PASSWORD=vK3w-91xQ",
            "docs/shop.env": "SMTP_PASSWORD=vK3w-91xQ",
            "deploy/prod.env": "SMTP_PASSWORD=changethis",
        },
    )


def test_private_keys_wherever_they_are_not_of_tests() -> None:
    found = judge({"conf/server.pem": KEY, "tests/server.pem": KEY, "shop/a.py": "X = 1\n"})
    assert [(each.path, each.message) for each in found.findings] == [
        (
            "conf/server.pem",
            "A private key is committed; replace it, and keep the new one out of the repository.",
        )
    ]


def test_each_file_costs_in_a_row_of_its_own() -> None:
    found = judge(FILES)
    assert [(each.path, each.line, each.cost) for each in found.findings] == [
        ("conf/id_rsa", 1, 10_000_000),
        ("deploy/.env", 3, 10_000_000),
        ("web/.env", 1, 0),
    ]
    lost = {each.path: each.points_lost for each in found.files}
    assert lost["conf/id_rsa"] == lost["deploy/.env"] > 0
    assert "web/.env" not in lost
    assert sum(lost.values()) == pytest.approx(100 - found.score)
    assert figures(found) == (True, 2, 20_000_000)


def figures(found: Assessment) -> tuple[bool, int, int]:
    """Whether the principle applies, its sites and its debt."""
    each = next(item for item in found.principles if item.key == "configuration")
    return each.applicable, each.tally.n, each.tally.debt


def test_the_verdict_holds_no_value() -> None:
    assert "vK3w" not in repr(judge(FILES))


def test_a_team_may_accept_one() -> None:
    known = {each.fingerprint: "a key of the demo" for each in judge(FILES).findings}
    accepted = judge(FILES, accepted=known)
    assert accepted.score == 100.0
    assert accepted.strict_score == judge(FILES).score


def test_what_pyproject_excludes_is_left_out() -> None:
    config = ProjectConfig(exclude=("deploy/**", "conf/**", "web/**"))
    assert judge(FILES, config=config).findings == ()


def test_without_such_files_there_is_nothing_to_judge() -> None:
    assert figures(judge({"shop/a.py": "X = 1\n"})) == (True, 0, 0)
