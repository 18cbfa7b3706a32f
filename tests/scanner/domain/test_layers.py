"""Layers, recognised by folders and declared."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from scanner.domain.layers import Declared, layering_of, may_import

ORDER = ("domain", "application", "infrastructure", "presentation")


def layers_of(paths: Iterable[str], declared: Declared = ()) -> dict[str, str]:
    """The layer of each module that has one."""
    return {path: place.layer for path, place in layering_of(paths, declared).places.items()}


def recognised(*folders: str) -> dict[str, str]:
    """The layer of a module in each folder that has one."""
    found = layers_of(f"{folder}/module.py" for folder in folders)
    return {path.removesuffix("/module.py"): layer for path, layer in found.items()}


@pytest.mark.parametrize("importer", range(4))
@pytest.mark.parametrize("imported", range(4))
def test_imports_point_inwards(importer: int, imported: int) -> None:
    assert may_import(ORDER[importer], ORDER[imported]) == (imported <= importer)


@pytest.mark.parametrize("layer", ORDER)
def test_shared_is_for_all_and_needs_none(layer: str) -> None:
    assert may_import(layer, "shared")
    assert not may_import("shared", layer)
    assert may_import("shared", "shared")


def test_folders_side_by_side_are_recognised() -> None:
    assert recognised(
        "src/shop/domain",
        "src/shop/application",
        "src/shop/infra/mail",
        "src/shop/web",
        "src/shop/common",
    ) == {
        "src/shop/domain": "domain",
        "src/shop/application": "application",
        "src/shop/infra/mail": "infrastructure",
        "src/shop/web": "presentation",
        "src/shop/common": "shared",
    }


@pytest.mark.parametrize(
    "folders",
    [
        ("shop/domain", "shop/api"),
        ("shop/api", "shop/services", "shop/db"),
        ("shop/entities", "shop/services"),
        ("shop/domains", "shop/application"),
        ("shop/domain", "mail/infrastructure"),
        ("shop/domain/infrastructure",),
    ],
)
def test_without_a_domain_beside_an_inner_layer_nothing_is(folders: tuple[str, ...]) -> None:
    assert recognised(*folders) == {}


@pytest.mark.parametrize(
    "name", ["application", "use_cases", "services", "infra", "adapters", "db"]
)
def test_synonyms_are_recognised_beside_a_domain(name: str) -> None:
    assert set(recognised("shop/domain", f"shop/{name}")) == {"shop/domain", f"shop/{name}"}


def test_names_are_compared_in_lower_case() -> None:
    assert recognised("Shop/Domain", "Shop/Infrastructure") == {
        "Shop/Domain": "domain",
        "Shop/Infrastructure": "infrastructure",
    }


def test_the_outermost_layer_folder_decides() -> None:
    found = recognised("a/domain/services/db", "a/infrastructure/domain", "a/shared/api")
    assert found == {
        "a/domain/services/db": "domain",
        "a/infrastructure/domain": "infrastructure",
        "a/shared/api": "shared",
    }


def test_layers_inside_a_layer_do_not_unmake_it() -> None:
    found = recognised("a/domain", "a/infrastructure/orm/domain", "a/infrastructure/orm/services")
    assert set(found.values()) == {"domain", "infrastructure"}
    assert found["a/infrastructure/orm/services"] == "infrastructure"


def test_a_folder_that_holds_groups_is_no_layer() -> None:
    found = recognised("services/orders/domain", "services/orders/infrastructure", "services/web")
    assert found == {
        "services/orders/domain": "domain",
        "services/orders/infrastructure": "infrastructure",
        "services/web": "presentation",
    }


def test_folders_beside_those_around_a_group_count_too() -> None:
    found = recognised("src/orders/domain", "src/orders/application", "src/api", "src/core/db")
    assert found["src/api"] == "presentation"
    assert "src/core/db" not in found


def test_another_package_of_a_monorepo_is_left_alone() -> None:
    found = recognised("a/src/a/domain", "a/src/a/infrastructure", "b/src/b/services", "b/src/b/db")
    assert set(found) == {"a/src/a/domain", "a/src/a/infrastructure"}


def test_a_sibling_context_with_a_domain_counts() -> None:
    found = recognised(
        "src/orders/domain", "src/orders/infra", "src/billing/domain", "src/billing/api"
    )
    assert found["src/billing/domain"] == "domain"
    assert found["src/billing/api"] == "presentation"


def test_layers_at_the_top_of_the_tree() -> None:
    assert recognised("domain", "application", "tools") == {
        "domain": "domain",
        "application": "application",
    }


def test_ports_beside_adapters_need_no_domain() -> None:
    assert recognised("src/shop/core", "src/shop/ports", "src/shop/adapters/db") == {
        "src/shop/core": "domain",
        "src/shop/ports": "application",
        "src/shop/adapters/db": "infrastructure",
    }
    assert recognised("shop/core", "shop/adapters", "shop/web") == {}


@pytest.mark.parametrize(
    ("side", "layer"),
    [("inbound", "presentation"), ("Primary", "presentation"), ("outbound", "infrastructure")],
)
def test_adapters_have_two_sides(side: str, layer: str) -> None:
    assert recognised("a/domain", f"a/adapters/{side}/http")[f"a/adapters/{side}/http"] == layer


def test_a_core_with_layers_inside_is_none() -> None:
    found = recognised("a/core/domain", "a/core/ports", "a/adapters", "a/ports")
    assert found == {
        "a/core/domain": "domain",
        "a/core/ports": "application",
        "a/adapters": "infrastructure",
        "a/ports": "application",
    }


def test_a_folder_beside_a_package_that_bears_its_name_belongs_to_it() -> None:
    found = recognised(
        "auctions/auctions/domain",
        "auctions/auctions/application",
        "auctions_infrastructure/auctions_infrastructure",
        "payments_infrastructure",
        "auctions_ui_kit",
    )
    assert found["auctions_infrastructure/auctions_infrastructure"] == "infrastructure"
    assert not {"payments_infrastructure", "auctions_ui_kit"} & set(found)


LAYERS = ("domain", "ports", "application", "db", "web")
SHOPS = [f"{package}/{layer}/m.py" for package in ("a", "b") for layer in LAYERS]


@pytest.mark.parametrize(
    ("importer", "imported", "breaks"),
    [
        ("a/domain", "a/ports", False),
        ("a/domain", "a/application", True),
        ("a/ports", "a/application", False),
        ("a/ports", "a/db", True),
        ("a/application", "a/web", True),
        ("a/application", "b/web", False),
        ("a/db", "b/web", False),
        ("a/domain", "b/web", True),
        ("a/domain", "b/domain", False),
        ("a/application", "b/db", True),
        ("a/web", "b/db", False),
        ("a/web", "nowhere", False),
        ("nowhere", "a/web", False),
    ],
)
def test_what_breaks_the_layers(importer: str, imported: str, breaks: bool) -> None:
    known = layering_of([*SHOPS, "nowhere/m.py"])
    assert known.breaks(f"{importer}/m.py", f"{imported}/m.py") is breaks


def test_what_stands_around_packages_is_not_beside_them() -> None:
    known = layering_of(["src/a/domain/m.py", "src/a/application/m.py", "src/api/m.py"])
    assert known.breaks("src/a/application/m.py", "src/api/m.py")


def test_a_declared_layer_is_what_it_is_called() -> None:
    declared = (("domain", ("a/core/**",)), ("application", ("a/ports/**",)))
    known = layering_of(["a/core/m.py", "a/ports/m.py"], declared)
    assert known.is_declared
    assert known.breaks("a/core/m.py", "a/ports/m.py")


def test_declared_layers_stand_instead() -> None:
    paths = ("core/a.py", "core/db/b.py", "shop/domain/c.py", "shop/infrastructure/d.py")
    declared = (("domain", ("core/**",)), ("infrastructure", ("core/db", "*/nothing")))
    assert layers_of(paths, declared) == {"core/a.py": "domain", "core/db/b.py": "infrastructure"}


def test_the_innermost_of_equal_patterns_wins() -> None:
    declared = (("domain", ("core/**",)), ("shared", ("core/**",)))
    assert layers_of(("core/a.py",), declared) == {"core/a.py": "domain"}


def test_a_declaration_without_patterns_declares_nothing() -> None:
    paths = ("domain/a.py", "application/b.py")
    assert layers_of(paths, (("domain", ()),)) == layers_of(paths)
