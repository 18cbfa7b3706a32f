"""Each layout is read as it is meant: names, imports, layers, parts, and what breaks."""

from __future__ import annotations

import json
from pathlib import Path

import grimp
import pytest

from scanner.analysis.extraction import module_facts
from scanner.domain.architecture import Architecture, from_plain, to_plain
from scanner.domain.facts import Module
from scanner.domain.project import ProjectConfig, ProjectFacts
from scanner.domain.resolution import folder_of
from scanner.domain.scope import sort_out
from scanner.rules.contexts import Survey
from scanner.rules.layering.architecture import architecture
from scanner.rules.layering.imports import import_graph, layering
from tests.scanner.rules.harness import judge
from tests.scanner.rules.layering.layouts import (
    DJANGO,
    FASTAPI,
    LAYOUTS,
    MONOREPO,
    NAMESPACE,
    Layout,
)

every = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
importable = pytest.mark.parametrize(
    "layout", [each for each in LAYOUTS.values() if each.packages],
    ids=[name for name, each in LAYOUTS.items() if each.packages],
)  # fmt: skip


def survey_of(layout: Layout) -> Survey:
    """The modules of a layout, as a scan has them."""
    project = ProjectFacts(tuple(sorted(layout.files)))
    facts = {
        path: module_facts(text.encode())
        for path, text in layout.files.items()
        if path.endswith(".py")
    }
    assert all(isinstance(each, Module) for each in facts.values())
    scope = sort_out(facts, project.config)
    return Survey(project, scope.production, scope.others)


def drawn(layout: Layout) -> Architecture:
    """The picture of a layout."""
    return architecture(survey_of(layout))


@every
def test_modules_go_by_the_names_they_are_imported_by(layout: Layout) -> None:
    index = import_graph(survey_of(layout)).index
    assert {path: index.name(path) for path in layout.names} == layout.names
    assert {root.folder for root in drawn(layout).roots} >= set(layout.roots)


@importable
def test_edges_are_those_of_an_independent_count(
    layout: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, text in layout.files.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n")
    for root in layout.roots:
        monkeypatch.syspath_prepend(tmp_path / root)
    theirs = grimp.build_graph(*layout.packages, cache_dir=None)
    graph = import_graph(survey_of(layout))

    packages = {package.partition(".")[0] for package in layout.packages}
    ours = {
        (graph.index.name(path), graph.index.name(target))
        for path, targets in graph.edges.items()
        for target in targets
        if graph.index.name(path).partition(".")[0] in packages
    }
    assert ours == {
        (importer, imported)
        for importer in theirs.modules
        for imported in theirs.find_modules_directly_imported_by(importer)
    }
    assert ours


@every
def test_layers_are_recognised(layout: Layout) -> None:
    places = layering(survey_of(layout)).places
    assert {folder_of(path): place.layer for path, place in places.items()} == layout.layers


@every
def test_what_breaks_is_found_and_drawn(layout: Layout) -> None:
    picture = drawn(layout)
    assert {(each.rule, each.path, each.line) for each in picture.breaches} == layout.breaches
    assert picture.breach_total == len(layout.breaches)
    findings = judge(layout.files).findings
    assert {
        (each.rule, each.path, each.line) for each in findings if each.rule in ("LA01", "LA02")
    } == layout.breaches
    outward = sum(each.rule == "LA01" for each in picture.breaches)
    assert sum(flow.breaking for flow in picture.flows) == outward


@every
def test_parts_are_told(layout: Layout) -> None:
    assert drawn(layout).parts.kind == layout.parts
    assert {part.folder for part in drawn(layout).parts.parts} >= set(layout.some_parts)


def test_apps_that_import_each_other_are_told_with_the_thinner_way_first() -> None:
    parts = drawn(DJANGO).parts
    (circle,) = parts.circles
    assert [(bond.name, bond.to_name) for bond in circle.steps] == [
        ("people", "sales"),
        ("sales", "people"),
    ]
    ((thin, thick),) = parts.pairs
    assert (thin.path, thin.line, thin.count) == ("people/views.py", 2, 1)
    assert (thick.path, thick.line, thick.count) == ("sales/models.py", 2, 1)


def test_a_circle_is_spelled_out_with_the_line_of_each_step() -> None:
    (circle,) = drawn(NAMESPACE).circles
    assert circle.modules == 2
    assert [(step.name, step.path, step.line) for step in circle.steps] == [
        ("acme.mail.post", "src/acme/mail/post.py", 1),
        ("acme.orders.cart", "src/acme/orders/cart.py", 1),
    ]


def test_each_package_of_a_monorepo_has_layers_of_its_own() -> None:
    packages = {folder.package for folder in drawn(MONOREPO).folders}
    assert packages == {"packages/billing/src/billing", "packages/shipping/shipping"}


def test_a_service_is_named_by_its_module() -> None:
    assert drawn(FASTAPI).services == ("backend/service/main.py",)


@pytest.mark.parametrize(
    ("layout", "globs"),
    [
        (FASTAPI, {"presentation": ("backend/service/api/**",)}),
        (DJANGO, {"presentation": ("sales/**/views.py", "people/**/views.py")}),
    ],
    ids=["fastapi", "django"],
)
def test_what_could_be_declared_is_made_from_the_folders_there_are(
    layout: Layout, globs: dict[str, tuple[str, ...]]
) -> None:
    suggested = drawn(layout).suggestion
    assert suggested is not None
    assert dict(suggested.layers).items() >= globs.items()
    declared = ProjectConfig(layers=suggested.layers)
    outward = [
        each for each in judge(layout.files, config=declared).findings if each.rule == "LA01"
    ]
    assert suggested.breaking == len(outward)
    assert suggested.judged > 0


@every
def test_it_survives_the_way_through_a_database(layout: Layout) -> None:
    picture = drawn(layout)
    assert from_plain(json.loads(json.dumps(to_plain(picture)))) == picture
