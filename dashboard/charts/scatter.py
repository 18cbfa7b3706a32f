"""Where everything stands in a picture of hotspots: x is changes, y points lost, area lines.

Names are laid out at the narrowest width they are shown at. Between two things that are apart
from left to right there is only more room in a wider picture, so they stay clear of each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

HEIGHT: Final = 300.0
LARGEST: Final = 18.0  # pixels from the middle to the rim of the longest file
SMALLEST: Final = 2.5  # a short file is still seen
NAMED: Final = 9  # the hottest, where there is room
WIDTHS: Final = {"lo": 430.0, "sm": 270.0}  # pixels of the plot, by class of its names
ROOM: Final = 1.04  # beyond the furthest, so that its bubble stays within the axes
_LETTER: Final = 6.1
_LINE: Final = 13.0
_GAP: Final = 4.0
_LEVELS: Final = (0.5, 0.2, 0.06)  # of the hottest, joined by curves
_STEPS: Final = 40  # of a curve
_LONGEST: Final = 30  # letters of a name


@dataclass(frozen=True, slots=True)
class Spot:
    """A file: how often it changed, what it costs, its size and where its page is."""

    path: str  # as shown
    changes: int
    points: float
    lines: int
    score: float
    href: str

    @property
    def heat(self) -> float:
        """Changes times points."""
        return self.changes * self.points

    @property
    def name(self) -> str:
        """The file in its folder, or alone where that is too long."""
        short = "/".join(self.path.split("/")[-2:])
        short = short if len(short) <= _LONGEST else short.rpartition("/")[2]
        return short if len(short) <= _LONGEST else f"{short[: _LONGEST - 1]}…"


@dataclass(frozen=True, slots=True)
class Bubble:
    """A spot in its place: x in percent of the width, y and the radius in pixels."""

    spot: Spot
    x: float
    y: float
    radius: float


class Name(NamedTuple):
    """The name of a bubble: its anchor is the bubble's x, moved by so many pixels."""

    bubble: Bubble
    offset: float
    y: float  # of the base line
    anchor: str  # "start" | "middle" | "end"


class Tick(NamedTuple):
    """A mark of an axis: its place, in percent or pixels, and its value."""

    place: float
    label: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The picture with every place worked out. Bubbles: the coolest first, drawn under."""

    bubbles: tuple[Bubble, ...]
    names: dict[str, tuple[Name, ...]]  # by class of width
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    curves: tuple[tuple[tuple[float, float], ...], ...]  # x in percent, y in pixels


def plan(spots: Sequence[Spot]) -> Plan | None:
    """Place the spots that have heat; None without any."""
    hot = sorted((spot for spot in spots if spot.heat > 0), key=lambda each: (each.heat, each.path))
    if not hot:
        return None
    right = _axis(ROOM * max(spot.changes for spot in hot), whole=True)
    top = _axis(ROOM * max(spot.points for spot in hot))
    bubbles = _bubbles(hot, right[-1], top[-1])
    named = bubbles[::-1][:NAMED]
    return Plan(
        bubbles=tuple(bubbles),
        names={key: tuple(_names(named, width)) for key, width in WIDTHS.items()},
        across=tuple(Tick(100 * value / right[-1], f"{value:g}") for value in right),
        up=tuple(Tick(HEIGHT * (1 - value / top[-1]), _figure(value, top)) for value in top),
        curves=tuple(_curve(part * hot[-1].heat, right[-1], top[-1]) for part in _LEVELS),
    )


def _bubbles(hot: Sequence[Spot], right: float, top: float) -> list[Bubble]:
    longest = max(1, *(spot.lines for spot in hot))
    return [_bubble(spot, right, top, longest) for spot in hot]


def _bubble(spot: Spot, right: float, top: float, longest: int) -> Bubble:
    radius = max(SMALLEST, LARGEST * math.sqrt(spot.lines / longest))
    return Bubble(spot, 100 * spot.changes / right, HEIGHT * (1 - spot.points / top), radius)


def _axis(most: float, *, whole: bool = False) -> list[float]:
    """Round values from zero to at least the most, four to six of them."""
    power: float = 10.0 ** math.floor(math.log10(most))
    steps = [power * factor for factor in (0.2, 0.25, 0.5, 1.0, 2.0)]
    fitting = [step for step in steps if most / step <= 5 and (not whole or step % 1 == 0)]
    step = fitting[0] if fitting else 1.0
    return [step * number for number in range(math.ceil(round(most / step, 9)) + 1)]


def _figure(value: float, axis: Sequence[float]) -> str:
    places = max(0, math.ceil(-math.log10(axis[1]) - 1e-9) + (axis[1] * 100 % 10 > 1e-6))
    return f"{value:.{places}f}" if value else "0"


def _curve(heat: float, right: float, top: float) -> tuple[tuple[float, float], ...]:
    """Where changes times points are the same."""
    first = heat / top
    ratio = right / first
    values = [first * ratio ** (number / _STEPS) for number in range(_STEPS + 1)]
    return tuple((100 * value / right, HEIGHT * (1 - heat / value / top)) for value in values)


class Area(NamedTuple):
    """A rectangle in pixels that belongs to something at `at`."""

    at: float
    left: float
    top: float
    right: float
    bottom: float

    def clears(self, other: Area) -> bool:
        """Whether they are apart, and stay so in any wider picture."""
        if self.bottom <= other.top or other.bottom <= self.top:
            return True
        if self.at <= other.at and self.right <= other.left:
            return True
        return other.at <= self.at and other.right <= self.left


def _names(bubbles: Sequence[Bubble], width: float) -> Iterator[Name]:
    """Names that clear the bubbles of all that could be named, and each other."""
    discs = [_disc(bubble, width) for bubble in bubbles]
    named: list[Area] = []
    for number, bubble in enumerate(bubbles):
        others = [*discs[:number], *discs[number + 1 :], *named]
        for name in _tries(bubble):
            area = area_of(name, width)
            if _is_inside(area, width) and all(area.clears(other) for other in others):
                named.append(area)
                yield name
                break


def _is_inside(area: Area, width: float) -> bool:
    return area.left >= 0 and area.right <= width and area.top >= 0 and area.bottom <= HEIGHT


def _tries(bubble: Bubble) -> Iterator[Name]:
    away = bubble.radius + _GAP
    yield Name(bubble, away, bubble.y + _GAP, "start")
    yield Name(bubble, -away, bubble.y + _GAP, "end")
    yield Name(bubble, 0, bubble.y - away, "middle")
    yield Name(bubble, 0, bubble.y + away + _LINE - _GAP, "middle")


def _disc(bubble: Bubble, width: float) -> Area:
    at, radius = bubble.x * width / 100, bubble.radius
    return Area(at, at - radius, bubble.y - radius, at + radius, bubble.y + radius)


def area_of(name: Name, width: float) -> Area:
    """What a name covers in a picture of a width."""
    long = len(name.bubble.spot.name) * _LETTER
    at = name.bubble.x * width / 100
    start = at + name.offset - {"start": 0.0, "middle": long / 2, "end": long}[name.anchor]
    return Area(at, start, name.y - _LINE + _GAP, start + long, name.y + _GAP)
