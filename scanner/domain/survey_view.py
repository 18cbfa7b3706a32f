"""The part of a module's facts that rules over all modules may look at.

Two versions of a module with equal views change nothing for a survey rule but lines in messages, so
a survey need not be judged again for a trend. A law test holds this against judging from scratch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any, Final, get_args, get_type_hints

from scanner.domain.facts import Module

_PLACES: Final = frozenset(
    {"line", "end_line", "first_line", "lines", "complexity", "depth", "slots", "digest"}
)


def survey_view(module: Module, fields: Iterable[str]) -> object:
    """What these fields say, but for places. Two views of modules of one kind can be compared.

    No part of a lazy module is named for it.
    """
    return tuple([_VIEWS[name](tuple.__getitem__(module, _NUMBERS[name])) for name in fields])


def _view_of(record: type[Any]) -> Callable[[Any], object]:
    """Takes what is no place from the records of a field; plain values stay as they are."""
    fields: tuple[str, ...] = getattr(record, "_fields", ())
    numbers = [number for number, name in enumerate(fields) if name not in _PLACES]
    if not numbers:
        return _as_it_is
    said = itemgetter(*numbers)
    return lambda rows: tuple(map(said, rows))


def _as_it_is(value: object) -> object:
    return value


_NUMBERS: Final = {name: number for number, name in enumerate(Module._fields)}
_VIEWS: Final = {
    name: _view_of((*get_args(hint), hint)[0]) for name, hint in get_type_hints(Module).items()
}
