"""Names that stand in the rewritten text for what the older parser could not have read there."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from scanner.child.digests import digest_of


@dataclass(frozen=True, slots=True)
class Field:
    """The value of a replacement field, and its text where the field shows that too (`{x=}`)."""

    value: ast.expr
    shown: str | None


@dataclass(frozen=True, slots=True)
class Alias:
    """The target of an assignment that is a `type` statement."""

    name: str


@dataclass(frozen=True, slots=True)
class Template:
    """A field of its own at the beginning of an f-string that is a template string."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A call whose argument is unpacked where the call stands: `[*x for x in y]`."""


Meaning = Field | Alias | Template | Unpacked


class StandIns:
    """Hands out names that occur nowhere in a text.

    They are made from a digest of it, so that no text can be made to hold them.
    """

    def __init__(self, text: str) -> None:
        self._prefix = f"_{digest_of(text)}_"
        if self._prefix in text:
            raise SyntaxError("a text that holds its own digest")
        self._meanings: dict[str, Meaning] = {}

    def name(self, meaning: Meaning) -> bytes:
        """A new name for something."""
        name = f"{self._prefix}{len(self._meanings)}"
        self._meanings[name] = meaning
        return name.encode()

    def take(self, node: ast.AST | None) -> Meaning | None:
        """What a name stands for, once; None for any other node."""
        return self._meanings.pop(node.id, None) if isinstance(node, ast.Name) else None

    @property
    def are_left(self) -> bool:
        """Whether some were never met."""
        return bool(self._meanings)
