"""f-strings as they are since 3.12, and template strings, in the shape of older f-strings.

A field with quotes, a backslash, a comment or a line end in it becomes a plain name that stands for
its value, which is parsed alone. Where a field goes over several lines, the string gets three
quotes. A template string becomes an f-string with a mark in front.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from tree_sitter import Node

from scanner.analysis.rewriting_child.edits import Edit, applied
from scanner.analysis.rewriting_child.expressions import field_value
from scanner.analysis.rewriting_child.stand_ins import Field, StandIns, Template

_SIGNS: Final = (b'"', b"'", b"\\", b"#", b"\n")  # in a field, what no older parser takes
_FIELDS: Final = ("interpolation", "format_expression")
_COMMENT: Final = re.compile(r"#[^\n]*")
F_STRINGS: Final = "f-strings"
TEMPLATES: Final = "template strings"


class FormattedStrings:
    """The strings of one module, each with those inside its fields."""

    def __init__(self, source: bytes, strings: Iterable[Node], stand_ins: StandIns) -> None:
        self.constructs: set[str] = set()
        self._source = source
        self._waiting = deque(strings)
        self._stand_ins = stand_ins

    def edits(self) -> list[Edit]:
        """What is to be changed. Raises SyntaxError where a string cannot be read for sure."""
        return self._until(len(self._source))

    def _until(self, end: int) -> list[Edit]:
        """The edits of the next strings that begin before a place."""
        edits: list[Edit] = []
        while self._waiting and self._waiting[0].start_byte < end:
            edits += self._string(self._waiting.popleft())
        return edits

    def _string(self, node: Node) -> list[Edit]:
        start, end = node.child(0), node.child(node.child_count - 1)
        opening = self._bytes(start)
        quotes = opening.lstrip(b"fFrRtT")
        fields = [child for child in node.children if child.type in _FIELDS]
        edits = [edit for field in fields for edit in self._field(field)]
        new = opening
        if len(quotes) == 1 and any(b"\n" in self._bytes(field) for field in fields):
            self._check_is_one_line(node, fields)
            new += 2 * quotes
            edits.append(Edit(end.start_byte, end.start_byte, 2 * quotes))
        if b"t" in opening.lower():
            _check_neighbours(node)
            new = new.replace(b"t", b"f").replace(b"T", b"F")
            new += b"{%s}" % self._stand_ins.name(Template())
            self.constructs.add(TEMPLATES)
        if new != opening:
            edits.append(Edit(start.start_byte, start.end_byte, new))
        return edits

    def _check_is_one_line(self, node: Node, fields: Iterable[Node]) -> None:
        """Three quotes must not mend a string with line ends outside the values of its fields."""
        values = [Edit(*span, b"") for field in fields for span in _values_within(field)]
        if b"\n" in applied(self._source, values, node.start_byte, node.end_byte):
            raise SyntaxError("a line end in a string of one line")

    def _field(self, field: Node) -> list[Edit]:
        """`{value = !r:spec}`: the value becomes a name, unless an older parser takes it."""
        signs = {child.type: child for child in field.children}
        conversion, spec = signs.get("type_conversion"), signs.get("format_specifier")
        start = field.start_byte + 1
        end = spec.start_byte if spec else field.end_byte - 1
        stop = conversion.start_byte if conversion else end
        edits: list[Edit] = []
        if self._is_newer(start, stop) or (conversion and conversion.end_byte != end):
            value = self._value(field, stop, signs.get("="))
            named = self._in_place(start, stop, value)
            if conversion:
                after = self._source[conversion.end_byte : end]
                named += b"\n" * after.count(b"\n") + self._bytes(conversion)
            edits.append(Edit(start, end, named))
            self.constructs.add(F_STRINGS)
        for inner in _fields_of(spec) if spec else ():
            edits += self._field(inner)
        return edits

    def _is_newer(self, start: int, end: int) -> bool:
        return any(sign in self._source[start:end] for sign in _SIGNS)

    def _value(self, field: Node, stop: int, equals: Node | None) -> Field:
        start = field.start_byte + 1
        end = equals.start_byte if equals else stop
        text = applied(self._source, self._until(end), start, end).decode()
        row, column = field.start_point
        return Field(field_value(text, row, column + 1), self._shown(start, stop, equals))

    def _shown(self, start: int, end: int, equals: Node | None) -> str | None:
        """The text of a field that shows itself."""
        if equals is None:
            return None
        return _COMMENT.sub("", self._source[start:end].decode())

    def _in_place(self, start: int, end: int, value: Field) -> bytes:
        """The name, and the lines of what it stands for."""
        first, *others = self._source[start:end].split(b"\n")
        name = self._stand_ins.name(value).ljust(len(first))
        return b"\n".join([name, *(b" " * len(line) for line in others)])

    def _bytes(self, node: Node) -> bytes:
        return self._source[node.start_byte : node.end_byte]


def _values_within(field: Node) -> Iterator[tuple[int, int]]:
    """From where to where the values of a field and of those in its format go."""
    spec = next((child for child in field.children if child.type == "format_specifier"), None)
    yield field.start_byte + 1, spec.start_byte if spec else field.end_byte - 1
    for inner in _fields_of(spec) if spec else ():
        yield from _values_within(inner)


def _fields_of(spec: Node) -> list[Node]:
    return [child for child in spec.children if child.type in _FIELDS]


def _check_neighbours(node: Node) -> None:
    """A template string stands beside its like only."""
    parent = node.parent
    if parent is None or parent.type != "concatenated_string":
        return
    for each in parent.children:
        opening = each.child(0).text if each.type == "string" else None
        if opening is not None and b"t" not in opening.lower():
            raise SyntaxError("a template string beside another string")
