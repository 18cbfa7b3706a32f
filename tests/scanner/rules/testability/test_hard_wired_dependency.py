"""TE03 hard-wired-dependency."""

from __future__ import annotations

from tests.scanner.rules.harness import check_tree

SOURCE = """
import boto3, requests

def rate():  # a comment
    return requests.get("https://example.org")

CLIENT = boto3.client("s3")
"""
OFFENDING = """
import boto3, requests

def rate():
    return requests.get("https://example.org")  # offends 1

CLIENT = boto3.client("s3")  # offends 1
"""


def test_the_inner_layers_are_handed_what_they_need() -> None:
    found = check_tree(
        "TE03",
        {
            "shop/domain/rates.py": OFFENDING,
            "shop/application/rates.py": "def f(session):\n    return session.get('x')\n",
            "shop/infrastructure/rates.py": SOURCE,
        },
    )
    assert [finding.symbol for finding in found] == ["rate", "<module>"]
    assert found[0].message == (
        "The domain layer reaches outside by itself with `requests.get`; let it be handed in."
    )


def test_the_application_layer_counts_too() -> None:
    check_tree(
        "TE03",
        {
            "shop/domain/rates.py": "def f(): ...  # no client\n",
            "shop/application/rates.py": "import redis\nr = redis.Redis()  # offends 1\n",
        },
    )


def test_without_layers_it_does_not_apply() -> None:
    check_tree("TE03", {"shop/rates.py": SOURCE})
