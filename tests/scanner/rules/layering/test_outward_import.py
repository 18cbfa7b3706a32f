"""LA01 outward-import."""

from __future__ import annotations

import pytest

from scanner.domain.project import ProjectConfig
from tests.scanner.rules.harness import check_tree, judge

LAYERS = ("domain", "application", "infrastructure", "api", "shared")
EMPTY = {f"shop/{layer}/empty.py": "" for layer in LAYERS}


def test_the_domain_imports_no_other_layer() -> None:
    first, *_ = check_tree(
        "LA01",
        EMPTY
        | {
            "shop/domain/orders.py": """
                import json
                from shop.application import empty as a  # offends 3
                import shop.infrastructure.empty  # offends 3
                from ..api import empty as b  # offends 3
                from shop.shared import empty as c
                from shop.domain import empty as d
                from shop.mail import e
            """
        },
    )
    assert first.message == (
        "The domain layer imports `shop.application.empty` of the application layer; imports must "
        "point inwards: let this layer say what it needs, and hand the other in."
    )
    assert first.symbol == "<module>"
    assert first.related == ()


def test_the_application_imports_the_domain_alone() -> None:
    check_tree(
        "LA01",
        EMPTY
        | {
            "shop/application/orders.py": """
                from shop.domain import empty as a
                from shop.infrastructure import empty as b  # offends
                from shop.api import empty as c  # offends
                from shop.shared import empty as d
            """
        },
    )


def test_infrastructure_imports_all_but_presentation() -> None:
    check_tree(
        "LA01",
        EMPTY
        | {
            "shop/infrastructure/db.py": """
                from shop.domain import empty as a
                from shop.application import empty as b
                from shop.api import empty as c  # offends
                from shop.shared import empty as d
            """
        },
    )


def test_presentation_imports_everything() -> None:
    source = "\n".join(f"import shop.{layer}.empty" for layer in LAYERS)
    check_tree("LA01", EMPTY | {"shop/api/views.py": source})


def test_shared_code_imports_no_layer() -> None:
    (found,) = check_tree(
        "LA01",
        EMPTY
        | {
            "shop/shared/clock.py": """
                import shop.shared.empty
                from shop.domain import empty  # offends 3
            """
        },
    )
    assert found.message == (
        "Shared code imports `shop.domain.empty` of the domain layer; shared code imports no layer."
    )


def test_an_import_inside_a_function_points_outwards_too() -> None:
    (found,) = check_tree(
        "LA01",
        EMPTY
        | {
            "shop/domain/orders.py": """
                class Order:
                    def save(self):
                        from shop.infrastructure import empty  # offends 3
            """
        },
    )
    assert found.symbol == "Order.save"


def test_an_import_for_the_type_checker_does_not() -> None:
    check_tree(
        "LA01",
        EMPTY
        | {
            "shop/domain/orders.py": """
                from typing import TYPE_CHECKING

                if TYPE_CHECKING:
                    from shop.infrastructure import empty
            """
        },
    )


def test_one_finding_a_statement() -> None:
    source = "import shop.infrastructure.empty, shop.api.empty  # offends 3\n"
    check_tree("LA01", EMPTY | {"shop/domain/orders.py": source})


@pytest.mark.parametrize(
    "folders", [("core", "db"), ("domain", "web"), ("services", "storage"), ("domains", "adapters")]
)
def test_without_known_layers_it_does_not_apply(folders: tuple[str, str]) -> None:
    inner, outer = folders
    files = {f"shop/{inner}/a.py": f"from shop.{outer} import b", f"shop/{outer}/b.py": ""}
    check_tree("LA01", files)
    (notice,) = judge(files).notices
    assert notice.startswith("No layers are known here")
    assert "[tool.codevitals.layers]" in notice


def test_declared_layers_apply_and_silence_the_notice() -> None:
    config = ProjectConfig(
        layers=(("domain", ("shop/core/**",)), ("infrastructure", ("shop/db.py",)))
    )
    files = {
        "shop/core/orders.py": "from shop.db import save  # offends 3",
        "shop/db.py": "from shop.core import orders",
        "shop/domain/a.py": "from shop.infrastructure import b",
        "shop/infrastructure/b.py": "",
    }
    check_tree("LA01", files, config=config)
    assert judge(files, config=config).notices == ()


def test_the_same_import_keeps_its_identity_when_it_moves() -> None:
    line = "from shop.infrastructure import empty"
    before = judge(EMPTY | {"shop/domain/orders.py": line}).findings
    after = judge(EMPTY | {"shop/domain/orders.py": f"import os\n\n\n{line}  # why\n"}).findings
    assert [finding.fingerprint for finding in before] == [f.fingerprint for f in after]
