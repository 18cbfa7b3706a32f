"""LA02 infrastructure-in-domain."""

from __future__ import annotations

import pytest

from scanner.domain.project import ProjectConfig
from scanner.rules.layering.imports import INFRASTRUCTURE
from scanner.rules.layering.infrastructure_in_domain import RULE
from scanner.rules.pages import read_page
from tests.scanner.rules.harness import check_tree

BESIDE = {"shop/infrastructure/db.py": "import sqlalchemy\nfrom django.db import models\n"}


def test_frameworks_clients_and_databases_offend_in_the_domain() -> None:
    first, *_ = check_tree(
        "LA02",
        BESIDE
        | {
            "shop/domain/orders.py": """
                import dataclasses
                import sqlalchemy  # offends 3
                from django.db import models  # offends 3
                from google.cloud import storage  # offends 3
                import google.protobuf
                import attr, requests, redis.client  # offends 3
                from . import sqlite3
            """
        },
    )
    assert first.message == (
        "The domain layer imports `sqlalchemy`; keep business rules free of infrastructure: "
        "describe what they need, and hand it in."
    )


def test_all_packages_of_a_statement_are_named() -> None:
    source = "import requests, redis.client, requests.auth  # offends\n"
    (found,) = check_tree("LA02", BESIDE | {"shop/domain/orders.py": source})
    assert "imports `requests` and `redis`;" in found.message


def test_other_layers_may_import_them() -> None:
    check_tree(
        "LA02",
        {
            "shop/domain/orders.py": "",
            "shop/application/orders.py": "import sqlalchemy",
            "shop/api/views.py": "import fastapi",
            "shop/shared/http.py": "import httpx",
        },
    )


def test_inside_a_function_too_but_not_for_the_type_checker() -> None:
    check_tree(
        "LA02",
        BESIDE
        | {
            "shop/domain/orders.py": """
                import typing

                if typing.TYPE_CHECKING:
                    from sqlalchemy.orm import Session

                def save():
                    import boto3  # offends 3
            """
        },
    )


def test_without_known_layers_it_does_not_apply() -> None:
    check_tree("LA02", {"shop/domain/orders.py": "import sqlalchemy", "shop/web/views.py": ""})


def test_a_declared_domain_counts() -> None:
    config = ProjectConfig(layers=(("domain", ("core.py",)),))
    check_tree("LA02", {"core.py": "import redis  # offends 3", "a.py": ""}, config=config)


def test_a_package_of_the_tree_is_no_infrastructure() -> None:
    check_tree(
        "LA02",
        {
            "redis/__init__.py": "",
            "shop/domain/orders.py": "import redis",
            "shop/infrastructure/db.py": "",
        },
    )


@pytest.mark.parametrize("package", sorted(INFRASTRUCTURE))
def test_the_page_names_every_package(package: str) -> None:
    assert f" {package}," in (finds := read_page(RULE.page).finds) or f" {package}." in finds
