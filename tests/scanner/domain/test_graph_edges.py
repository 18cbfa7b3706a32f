"""Which statements make an edge of the import graph."""

from __future__ import annotations

from scanner.analysis.extraction import module_facts
from scanner.domain.facts import Module
from scanner.domain.import_graph import ImportGraph, build
from scanner.domain.project import ProjectConfig, ProjectFacts


def graph_of(
    sources: dict[str, str], *files: str, config: ProjectConfig | None = None
) -> ImportGraph:
    """The graph of these modules; `files` are further paths of the tree."""
    modules: dict[str, Module] = {}
    for path, source in sources.items():
        facts = module_facts(source.encode())
        assert isinstance(facts, Module)
        modules[path] = facts
    paths = tuple(sorted((*sources, *files)))
    return build(ProjectFacts(paths, config or ProjectConfig()), modules, {})


def edges(sources: dict[str, str], *files: str) -> set[tuple[str, str]]:
    """Importer and imported, without their folder and ending."""
    return {
        (importer.removesuffix(".py"), imported.removesuffix(".py"))
        for importer, found in graph_of(sources, *files).edges.items()
        for imported in found
    }


def test_imports_at_the_top_and_in_classes_and_branches_are_edges() -> None:
    source = "import b\nif 1:\n    import c\ntry:\n    import d\nexcept ImportError:\n    pass\n"
    source += "class A:\n    import e\n"
    found = edges({"a.py": source, **dict.fromkeys(("b.py", "c.py", "d.py", "e.py"), "")})
    assert found == {("a", "b"), ("a", "c"), ("a", "d"), ("a", "e")}


def test_imports_in_functions_and_for_type_checkers_are_none() -> None:
    source = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import b\n"
    source += "def f():\n    import c\nasync def g():\n    from d import x\n"
    assert edges({"a.py": source, **dict.fromkeys(("b.py", "c.py", "d.py"), "")}) == set()


def test_modules_out_of_scope_have_no_edges() -> None:
    graph = graph_of({"a.py": "import unreadable"}, "unreadable.py")
    assert graph.edges == {"a.py": {}}
    assert graph.statements["a.py"][0].is_internal


def test_an_edge_keeps_the_first_statement_that_makes_it() -> None:
    source = "def f():\n    import b\nfrom b import x\nimport b\n"
    graph = graph_of({"a.py": source, "b.py": ""})
    assert graph.edges["a.py"]["b.py"].fact.line == 3
    assert [statement.place for statement in graph.statements["a.py"]] == [0, 1, 2]


def test_the_packages_on_the_way_are_no_edges() -> None:
    sources = {"a.py": "import p.q.r", "p/__init__.py": "", "p/q/__init__.py": "", "p/q/r.py": ""}
    assert edges(sources) == {("a", "p/q/r")}


def test_the_core_leaves_out_imports_of_ones_own_package() -> None:
    sources = {
        "p/__init__.py": "from p.a import f\nV = 1",
        "p/a.py": "from p import V\nfrom p.b import g",
        "p/b.py": "",
        "q.py": "from p import V",
    }
    graph = graph_of(sources)
    assert set(graph.edges["p/a.py"]) == {"p/__init__.py", "p/b.py"}
    assert graph.core == {
        "p/__init__.py": ["p/a.py"],
        "p/a.py": ["p/b.py"],
        "p/b.py": [],
        "q.py": ["p/__init__.py"],
    }


def test_declared_roots_reach_the_graph() -> None:
    config = ProjectConfig(source_roots=("python",))
    graph = graph_of({"web/a.py": "import b", "python/b.py": ""}, config=config)
    assert set(graph.edges["web/a.py"]) == {"python/b.py"}


def test_what_is_imported_by_name_is_no_top_level_module() -> None:
    sources = {
        "app/main.py": "import redis\nfrom app.db import x",
        "app/redis.py": "",
        "app/db.py": "",
    }
    assert edges(sources) == {("app/main", "app/db")}
