"""What tree-sitter sees of the constructs that an older parser cannot read.

Its grammar knows neither defaults of type parameters nor lazy imports yet: where it stumbles, it is
shown the module once more without them. With any error left, nothing of the module is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Query, QueryCursor

from scanner.analysis.rewriting_child.lazy_imports import lazy_starts, without_lazy
from scanner.analysis.rewriting_child.type_parameters import without_defaults

_QUERY: Final = """
(function_definition type_parameters: (type_parameter) @parameters)
(class_definition type_parameters: (type_parameter) @parameters)
(type_alias_statement) @alias
(except_clause ",") @except
(string (interpolation)) @string
(list_comprehension body: (_) @body)
(set_comprehension body: (_) @body)
(generator_expression body: (_) @body)
"""
_IMPORTS: Final = """
[(import_statement) (import_from_statement) (future_import_statement)] @import
"""
_TEMPLATES: Final = '(string (string_start) @start (#match? @start "[tT]")) @string'
_TEMPLATE_SIGN: Final = re.compile(r"\b(?:[tT][rR]?|[rR][tT])[\"']")


@dataclass(frozen=True, slots=True)
class Sighting:
    """Nodes in the order of the source."""

    parameters: list[Node]  # the brackets of functions and classes
    aliases: list[Node]  # statements; also what only looks like one
    excepts: list[Node]  # clauses with a comma and no parentheses
    strings: list[Node]  # f-strings with fields, and all template strings
    bodies: list[Node]  # of comprehensions
    imports: list[Node]  # all, where some are lazy


def look(text: str) -> Sighting:
    """Find the constructs of a module. Raises SyntaxError where tree-sitter cannot read it.

    Places are those of its bytes in UTF-8.
    """
    root = _root(text.encode())
    imports: list[Node] = []
    if root.has_error:
        older = without_defaults(text).encode()
        root = _root(without_lazy(older))
        if lazy_starts(older):
            imports = QueryCursor(_query(_IMPORTS)).captures(root).get("import", [])
    if root.has_error:
        raise SyntaxError("tree-sitter cannot read this module either")
    found = QueryCursor(_query(_QUERY)).captures(root)
    if _TEMPLATE_SIGN.search(text):
        templates = QueryCursor(_query(_TEMPLATES)).captures(root)
        found.setdefault("string", []).extend(templates.get("string", ()))
    nodes = {kind: _ordered(each) for kind, each in found.items()}
    return Sighting(
        parameters=nodes.get("parameters", []),
        aliases=nodes.get("alias", []),
        excepts=nodes.get("except", []),
        strings=nodes.get("string", []),
        bodies=nodes.get("body", []),
        imports=_ordered(imports),
    )


def alias_parameters(alias: Node) -> Node | None:
    """The brackets after the name of a type alias, if there are any."""
    name = _alias_name(alias)
    children = name.named_children if name is not None and name.type == "generic_type" else []
    return next((child for child in children if child.type == "type_parameter"), None)


def alias_name(alias: Node) -> Node | None:
    """The name that a type alias binds; None for `type[x] = 3`, which only looks like one."""
    name = _alias_name(alias)
    if name is not None and name.type == "generic_type":
        name = name.named_child(0)
    return name if name is not None and name.type == "identifier" else None


def _alias_name(alias: Node) -> Node | None:
    left = alias.child_by_field_name("left")
    return left.named_child(0) if left is not None and left.named_child_count == 1 else None


def _root(source: bytes) -> Node:
    return Parser(_language()).parse(source).root_node


def _ordered(nodes: Iterable[Node]) -> list[Node]:
    """Each node once, though several patterns may have met it."""
    unique = {node.start_byte: node for node in nodes}
    return [unique[start] for start in sorted(unique)]


@cache
def _language() -> Language:
    return Language(tree_sitter_python.language())


@cache
def _query(text: str) -> Query:
    return Query(_language(), text)
