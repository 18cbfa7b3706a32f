"""A graph built with what is remembered of other trees is the graph built of its own alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.analysis.extraction import module_facts
from scanner.domain.facts import Module
from scanner.domain.import_graph import GraphMemory, build
from scanner.domain.project import ProjectConfig, ProjectFacts

PATHS = (
    "__init__.py",
    "a.py",
    "a/__init__.py",
    "a/b.py",
    "a/b/__init__.py",
    "a/b/c.py",
    "src/a/__init__.py",
    "src/a/c.py",
    "src/d.py",
    "x/setup.py",
    "x/a/b.py",
    "x/lib/d.py",
    "x/y/__init__.py",
    "x/y/b.py",
    "tests/test_b.py",
)
TEXTS = (
    "",
    "import a\nimport a.b.c\n",
    "from a import b, c\nfrom . import b as other\n",
    "from .. import b\nfrom ..b import c\nimport d\n",
    "import x.y.b, lib.d\nfrom x import y\n",
    "from a.b import *\nNAME = 'a.b.c'\nOTHER = 'x.a.b'\n",
    "import y\nfrom src.a import c\nNAME = 'src.d'\n",
)
CONFIGS = (ProjectConfig(), ProjectConfig(source_roots=("x",)))

trees = st.tuples(
    st.dictionaries(st.sampled_from(PATHS), st.sampled_from(TEXTS)), st.sampled_from(CONFIGS)
)
Tree = tuple[Mapping[str, str], ProjectConfig]


@cache
def parsed(text: str, path: str) -> Module:
    """The facts of a text at a path; the same object each time."""
    facts = module_facts(text.encode())
    assert isinstance(facts, Module), path
    return facts


def graph_of(tree: Tree, memory: GraphMemory) -> object:
    """All that a graph says of a tree, its tests included."""
    files, config = tree
    modules = {path: parsed(text, path) for path, text in sorted(files.items())}
    production = {path: facts for path, facts in modules.items() if not path.startswith("tests")}
    others = {path: facts for path, facts in modules.items() if path not in production}
    graph = build(ProjectFacts(tuple(modules), config), production, others, memory)
    return (
        graph.statements,
        graph.edges,
        memory.statements(graph.index, modules),
        list(memory.named_in_texts(graph.index, modules)),
    )


@settings(max_examples=300)
@given(st.lists(trees, min_size=2, max_size=5))
def test_memory_changes_no_answer(history: list[Tree]) -> None:
    memory = GraphMemory()
    for tree in history:
        assert graph_of(tree, memory) == graph_of(tree, GraphMemory())


def test_a_module_that_changes_alone_leaves_the_others_resolved() -> None:
    memory = GraphMemory()
    files = {"a/__init__.py": "", "a/b.py": TEXTS[2], "a/c.py": TEXTS[1], "d.py": TEXTS[4]}
    graph_of((files, CONFIGS[0]), memory)
    index = build(ProjectFacts(()), {}, {}, GraphMemory()).index
    asked = {"a/b.py": parsed(TEXTS[2], "a/b.py")}
    kept = memory.statements(index, asked)["a/b.py"]
    graph_of(({**files, "d.py": TEXTS[0]}, CONFIGS[0]), memory)
    assert memory.statements(index, asked)["a/b.py"] is kept
