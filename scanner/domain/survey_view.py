"""The part of a module's facts that rules over all modules may look at.

Two versions of a module with equal views change nothing for a survey rule but lines in messages, so
a survey need not be judged again for a trend. A law test holds this against judging from scratch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from operator import itemgetter
from typing import Final

from scanner.domain.facts import Module

_PLACES: Final = frozenset(
    {"line", "end_line", "first_line", "lines", "complexity", "depth", "slots", "digest"}
)


def survey_view(module: Module, fields: Iterable[str]) -> object:
    """What these fields say, but for places."""
    return tuple([_without_places(getattr(module, name)) for name in fields])


def _without_places(value: object) -> object:
    """A field's value; of records, that is what they say without where."""
    if not isinstance(value, tuple) or not value or not hasattr(value[0], "_fields"):
        return value
    return tuple(map(_getter(value[0]._fields), value))


@cache
def _getter(fields: tuple[str, ...]) -> Callable[[tuple[object, ...]], object]:
    """Takes what is no place from a record; such records hold no others but in places."""
    return itemgetter(*[number for number, name in enumerate(fields) if name not in _PLACES])
