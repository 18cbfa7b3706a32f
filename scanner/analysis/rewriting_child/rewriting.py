"""Newer constructs of a module in their older shape, every line where it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tree_sitter import Node

from scanner.analysis.rewriting_child.edits import Edit, applied, blank
from scanner.analysis.rewriting_child.expressions import (
    check_expression,
    check_one_line,
    check_unpacked,
)
from scanner.analysis.rewriting_child.formatted import FormattedStrings
from scanner.analysis.rewriting_child.grammar import Sighting, alias_name, alias_parameters, look
from scanner.analysis.rewriting_child.lazy_imports import check_lazy, lazy_starts
from scanner.analysis.rewriting_child.stand_ins import Alias, StandIns, Unpacked
from scanner.analysis.rewriting_child.type_parameters import check_type_parameters

_KEYWORD: Final = "type"
PARAMETERS: Final = "type parameters"
ALIASES: Final = "type aliases"
EXCEPTS: Final = "exceptions without parentheses"
UNPACKED: Final = "unpacking in comprehensions"
LAZY: Final = "lazy imports"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The older shape, what stands in it for what, and the constructs that it was made for."""

    text: str
    stand_ins: StandIns
    constructs: list[str]  # sorted


def rewrite(text: str) -> Rewritten:
    """Rewrite a whole module.

    Raises SyntaxError where nothing newer is found, or what is found cannot be read for sure.
    """
    source = text.encode()
    seen = look(text)
    stand_ins = StandIns(text)
    strings = FormattedStrings(source, seen.strings, stand_ins)
    edits = strings.edits()
    constructs = set(strings.constructs)
    for name, found in _others(source, seen, stand_ins).items():
        edits += found
        constructs |= {name} if found else set()
    if not edits:
        raise SyntaxError("nothing newer was found")
    new = applied(source, edits)
    if new.count(b"\n") != source.count(b"\n"):
        raise RuntimeError("rewriting has moved lines")
    return Rewritten(new.decode(), stand_ins, sorted(constructs))


def _others(source: bytes, seen: Sighting, stand_ins: StandIns) -> dict[str, list[Edit]]:
    """The edits by construct, strings left out."""
    aliases = [node for node in seen.aliases if alias_name(node) is not None]
    return {
        PARAMETERS: _each(seen.parameters, lambda node: _parameters(source, node)),
        ALIASES: _each(aliases, lambda node: _alias(source, node, stand_ins)),
        EXCEPTS: _each(seen.excepts, lambda node: _except(source, node)),
        UNPACKED: _each(seen.bodies, lambda node: _unpacked(source, node, stand_ins)),
        LAZY: list(_lazy(source, seen.imports)),
    }


def _each(nodes: Iterable[Node], edits_of: Callable[[Node], list[Edit]]) -> list[Edit]:
    return [edit for node in nodes for edit in edits_of(node)]


def _parameters(source: bytes, brackets: Node) -> list[Edit]:
    """`def f[T](x)` becomes `def f   (x)`."""
    check_type_parameters(_text(source, brackets))
    start, end = brackets.start_byte, brackets.end_byte
    return [Edit(start, end, blank(source[start:end]))]


def _alias(source: bytes, node: Node, stand_ins: StandIns) -> list[Edit]:
    """`type X[T] = value` becomes `_q0      = value`; what stands between the parts stays."""
    name, value = alias_name(node), node.child_by_field_name("right")
    if value is None or name is None:
        raise SyntaxError("a type alias without a name or a value")
    check_expression(_text(source, value))
    brackets = alias_parameters(node)
    stand_in = stand_ins.name(Alias(_text(source, name)))
    return [
        Edit(node.start_byte, node.start_byte + len(_KEYWORD), stand_in),
        Edit(name.start_byte, name.end_byte, blank(source[name.start_byte : name.end_byte])),
        *(_parameters(source, brackets) if brackets is not None else ()),
    ]


def _except(source: bytes, clause: Node) -> list[Edit]:
    """`except A, B:` becomes `except (A, B):`."""
    values = clause.children_by_field_name("value")
    for value in values:
        check_expression(_text(source, value))
    first, last = values[0].start_byte, values[-1].end_byte
    check_one_line(source[first:last].decode())
    return [Edit(first, first, b"("), Edit(last, last, b")")]


def _unpacked(source: bytes, body: Node, stand_ins: StandIns) -> list[Edit]:
    """`[*x for x in y]` becomes `[_q0(x) for x in y]`."""
    start, end = body.start_byte, body.end_byte
    if not source.startswith(b"*", start):
        return []
    check_unpacked(_text(source, body))
    return [
        Edit(start, start + 1, stand_ins.name(Unpacked()) + b"("),
        Edit(end, end, b")"),
    ]


def _lazy(source: bytes, imports: Iterable[Node]) -> Iterator[Edit]:
    """`lazy import x` becomes `import      x`."""
    starts = lazy_starts(source) if imports else {}
    for node in imports:
        if node.start_byte in starts:
            check_lazy(node)
            yield starts[node.start_byte]


def _text(source: bytes, node: Node) -> str:
    return source[node.start_byte : node.end_byte].decode()
