"""How messages of fail-fast name handlers and what they surround."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from scanner.rules.fail_fast.calls import words
from scanner.rules.fail_fast.handling import Handling
from scanner.rules.wording import brief

LONGEST: Final = 100
NAMED: Final = 2  # calls that a message names
_LOOKS: Final = words(
    "str repr type len bool set list dict tuple map zip enumerate range sorted print super hasattr "
    "getattr isinstance issubclass callable min max round"
)
_GOES_ON: Final[Mapping[str, str]] = {
    "pass": "does nothing",
    "continue": "goes on with the next turn of the loop",
    "break": "leaves the loop",
    "return-none": "returns None",
    "return-constant": "returns a constant",
    "return-other": "returns something else",
    "assign": "goes on with another value",
}


def clause(handling: Handling) -> str:
    """The head of the handler: `except Exception`, `except (A, B)`, `except` when bare."""
    names = [name.rpartition(".")[2] for name in handling.fact.types]
    if not names:
        return "Bare `except:`"
    caught = names[0] if len(names) == 1 else f"({', '.join(names)})"
    return f"`except {caught[:LONGEST]}`"


def around(tried: Iterable[str]) -> str:
    """The first calls that may fail, " around `open`", or nothing."""
    names = dict.fromkeys(name.removeprefix("?.") for name in tried if not _is_harmless(name))
    shown = " and ".join(brief(name) for name in list(names)[:NAMED])
    return f" around {shown}" if shown else ""


def _is_harmless(name: str) -> bool:
    """Whether a call is hardly what the try is for: a look at a value, a line in the log."""
    receiver, _, last = name.rpartition(".")
    return last == "?" or name in _LOOKS or "log" in receiver.rpartition(".")[2].lower()


def outcome(handling: Handling) -> str:
    """What the handler does instead of dealing with the error."""
    return _GOES_ON.get(handling.fact.shape, "goes on")
