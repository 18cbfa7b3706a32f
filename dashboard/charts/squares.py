"""Squarified rectangles (Bruls, Huizing, van Wijk): areas in exact proportion to values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Box(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


class Sized(NamedTuple, Generic[T]):
    """A thing and the value that its area stands for; above 0."""

    thing: T
    value: float


class Placed(NamedTuple, Generic[T]):
    """A thing and its rectangle."""

    thing: T
    box: Box


def squarify(items: Sequence[Sized[T]], box: Box) -> list[Placed[T]]:
    """Fill a box with the items in their given order, which should be largest first."""
    total = sum(item.value for item in items)
    if total <= 0 or box.width <= 0 or box.height <= 0:
        return []
    scale = box.width * box.height / total
    todo = [Sized(item.thing, item.value * scale) for item in items]
    placed: list[Placed[T]] = []
    while todo:
        row = _row(todo, min(box.width, box.height))
        todo = todo[len(row) :]
        laid, box = _lay(row, box)
        placed += laid
    return placed


def _row(items: Sequence[Sized[T]], side: float) -> list[Sized[T]]:
    """As many items as make their rectangles squarer along this side."""
    row = [items[0]]
    for item in items[1:]:
        if _worst([*row, item], side) > _worst(row, side):
            break
        row.append(item)
    return row


def _worst(row: Sequence[Sized[T]], side: float) -> float:
    """The largest ratio of sides in a row."""
    area = sum(item.value for item in row)
    return max(
        max(side * side * value / area**2, area**2 / (side * side * value)) for _, value in row
    )


def _lay(row: Sequence[Sized[T]], box: Box) -> tuple[list[Placed[T]], Box]:
    """Lay a row along the shorter side; returns what is left of the box."""
    side = min(box.width, box.height)
    depth = sum(item.value for item in row) / side
    along, placed = 0.0, []
    for item in row:
        length = item.value / depth
        if box.width >= box.height:
            place = Box(box.x, box.y + along, depth, length)
        else:
            place = Box(box.x + along, box.y, length, depth)
        placed.append(Placed(item.thing, place))
        along += length
    if box.width >= box.height:
        return placed, Box(box.x + depth, box.y, box.width - depth, box.height)
    return placed, Box(box.x, box.y + depth, box.width, box.height - depth)
