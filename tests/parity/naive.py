"""The plain way to count: slow, short, and written without a look at the analysis child."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Edges = Mapping[str, set[str]]


class Counted(NamedTuple):
    """A function by the line of its def."""

    line: int
    lines: int
    slots: int
    annotated: int


def physical_lines(source: bytes) -> int:
    """Ends of lines, and a last line that has none."""
    return source.count(b"\n") + (not source.endswith(b"\n") and source != b"")


def functions(tree: ast.Module) -> Iterator[Counted]:
    """Each function with its body lines and its places for annotations."""
    for owner, node in _owned(tree):
        places = list(_places(owner, node))
        yield Counted(node.lineno, _body_lines(node), len(places), sum(map(bool, places)))


def _owned(tree: ast.Module) -> Iterator[tuple[ast.AST, FunctionNode]]:
    """Functions with the nearest class or function around them."""
    waiting: list[tuple[ast.AST, ast.AST]] = [(tree, tree)]
    while waiting:
        owner, node = waiting.pop()
        if isinstance(node, FUNCTIONS):
            yield owner, node
        inner = node if isinstance(node, (*FUNCTIONS, ast.ClassDef)) else owner
        waiting += [(inner, child) for child in ast.iter_child_nodes(node)]


def _places(owner: ast.AST, node: FunctionNode) -> Iterator[bool]:
    """For each parameter but the receiver, and for the return, whether it is annotated."""
    arguments = node.args
    parameters = [*arguments.posonlyargs, *arguments.args]
    is_static = any(ast.unparse(each).endswith("staticmethod") for each in node.decorator_list)
    if isinstance(owner, ast.ClassDef) and not is_static:
        parameters = parameters[1:]
    parameters += arguments.kwonlyargs
    for parameter in (*parameters, arguments.vararg, arguments.kwarg):
        if parameter is not None:
            yield parameter.annotation is not None
    if node.name != "__init__":
        yield node.returns is not None


def _body_lines(node: FunctionNode) -> int:
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    lines = {line for statement in body for line in _lines_of(statement)}
    spans = set(range(min(lines), max(lines) + 1)) if lines else set()
    for statement in body:
        for inner in ast.walk(statement):
            if isinstance(inner, FUNCTIONS):
                spans.difference_update(_lines_of(inner))
    return len(spans)


def _lines_of(node: ast.stmt) -> range:
    first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
    return range(first, (node.end_lineno or node.lineno) + 1)


def edges(package: str, trees: Mapping[str, ast.Module], files: Iterable[str]) -> Edges:
    """Which module imports which when it is first imported, within one package, by path.

    `package` is the folder of the outermost `__init__`; `files` are all modules, those that could
    not be parsed as well.
    """
    root = package.rpartition("/")[0]
    inside = sorted(path for path in files if path.startswith(f"{package}/"))
    paths = {_dotted(path, root): path for path in inside}  # a package wins over a module
    return {
        path: {
            paths[name]
            for asked in _asked(tree, _dotted(path, root), path.endswith("/__init__.py"))
            if (name := _longest(asked, paths)) and paths[name] != path and paths[name] in trees
        }
        for path, tree in trees.items()
    }


def _dotted(path: str, root: str) -> str:
    below = path.removeprefix(f"{root}/") if root else path
    return below.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _longest(asked: tuple[str, str], paths: Mapping[str, str]) -> str:
    """The submodule, else the module that holds the name."""
    module, name = asked
    return next((each for each in (f"{module}.{name}", module) if each in paths), "")


def _asked(tree: ast.Module, module: str, is_package: bool) -> Iterator[tuple[str, str]]:
    """Module and name of each import outside functions and type checking."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from ((item.name, "") for item in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = module.split(".") if is_package else module.split(".")[:-1]
            home = parts[: len(parts) - node.level + 1] if node.level else []
            base = ".".join([*home, *([node.module] if node.module else [])])
            yield from ((base, item.name) for item in node.names)
        elif isinstance(node, ast.If):
            waiting += _run(node)
        elif not isinstance(node, FUNCTIONS):
            waiting += ast.iter_child_nodes(node)


def _run(node: ast.If) -> Iterable[ast.stmt]:
    """The branches that run when nobody checks types."""
    test = ast.unparse(node.test)
    if "__name__ == '__main__'" in test:
        return node.orelse
    if test.startswith("not ") and test.endswith("TYPE_CHECKING"):
        return node.body
    return node.orelse if "TYPE_CHECKING" in test else [*node.body, *node.orelse]


def knots(graph: Edges) -> set[frozenset[str]]:
    """Nodes that reach each other: everything that each reaches, then compared."""
    reach = {node: _reached(graph, node) for node in graph}
    found = {
        frozenset({node, *(other for other in below if node in reach[other])})
        for node, below in reach.items()
    }
    return {knot for knot in found if len(knot) > 1}


def _reached(graph: Edges, start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for target in graph[waiting.pop()] - seen:
            seen.add(target)
            waiting.append(target)
    return seen
