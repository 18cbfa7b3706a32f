"""Layers as bands, outermost on top: allowed imports at the left, those that break at the right.

A band holds its folders as boxes, as wide as they have modules. Imports lead from band to band in
lanes beside them; an import that breaks the layers climbs, in red, with its count, to a band that
it should not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts import svg

_BAND: Final = 62.0  # pixels of height
_GAP: Final = 12.0
_BOX_TOP: Final = 26.0
_BOX: Final = 28.0
_INSET: Final = 0.8  # percent of the width between a band's ends and its boxes
_LANE: Final = 22.0
_LETTER: Final = 6.6  # pixels of a letter of a label, at most
_MARGINS: Final = 170  # pixels of both gutters, at most
# Widths of a container from which on a label of this class is shown.
_FITS: Final = (("", 320), ("f1", 640), ("f2", 960), ("f3", 1248))
MOST_LANES: Final = 8


@dataclass(frozen=True, slots=True)
class Box:
    """A folder of a band. `broken` says that an import in it breaks the layers."""

    label: str
    title: str
    modules: int
    href: str
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """One layer, or what lies outside of the code; that has no modules."""

    key: str
    title: str
    note: str
    boxes: tuple[Box, ...]

    @property
    def modules(self) -> int:
        """All its modules."""
        return sum(box.modules for box in self.boxes)


@dataclass(frozen=True, slots=True)
class Arrow:
    """Imports from one band to another. Only breaking ones have an address."""

    key: str
    to: str
    count: int
    label: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class _Laid:
    """An arrow with the places of its bands, counted from the top, and its lane."""

    arrow: Arrow
    start: int
    end: int
    lane: int


def layers(
    bands: Sequence[Band], allowed: Iterable[Arrow], breaking: Iterable[Arrow], description: str
) -> SafeString:
    """The picture. Arrows between bands that are not drawn are left out."""
    places = {band.key: place for place, band in enumerate(bands)}
    most = max((band.modules for band in bands), default=0)
    left, right = _laid(allowed, places), _laid(breaking, places)
    height = len(bands) * (_BAND + _GAP) - _GAP
    return svg.element(
        "svg",
        svg.element("title", "Layers, the outermost on top"),
        svg.element("desc", description),
        *[part for place, band in enumerate(bands) for part in _band(band, place, most)],
        *[_left(each) for each in left],
        *[_right(each) for each in right],
        class_=" ".join(["plot", "layers", *_lanes("l", left), *_lanes("r", right)]),
        height=height,
        role="group",
        aria_label=description,
    )


def _lanes(side: str, laid: Sequence[_Laid]) -> list[str]:
    """The class that makes room for the lanes of a side; none for none."""
    count = min(max((each.lane + 1 for each in laid), default=0), MOST_LANES)
    return [f"{side}{count}"] if count else []


def _laid(arrows: Iterable[Arrow], places: Mapping[str, int]) -> list[_Laid]:
    """Give each arrow the innermost lane in which it meets no other; short ones first."""
    drawn = [each for each in arrows if each.key in places and each.to in places]
    drawn.sort(key=lambda each: (abs(places[each.key] - places[each.to]), places[each.key]))
    taken: list[list[tuple[int, int]]] = []
    found = []
    for arrow in drawn:
        start, end = places[arrow.key], places[arrow.to]
        low, high = sorted((start, end))
        lane = next(
            (n for n, spans in enumerate(taken) if all(high <= a or b <= low for a, b in spans)),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        found.append(_Laid(arrow, start, end, min(lane, MOST_LANES - 1)))
    return found


def _band(band: Band, place: int, most: int) -> Iterator[SafeString]:
    top = place * (_BAND + _GAP)
    kind = "band" if band.boxes else "band outside"
    yield svg.element("rect", class_=kind, y=top, width="100%", height=_BAND, rx=4)
    yield svg.element(
        "text",
        svg.element("tspan", band.title, class_="t-ink"),
        svg.element("tspan", f"  {band.note}"),
        x=svg.share(_INSET),
        y=top + 17,
        class_="name",
    )
    x = _INSET
    for box in band.boxes:
        width = (100 - 2 * _INSET) * box.modules / most
        yield _box(box, top + _BOX_TOP, x, width)
        x += width


def _box(box: Box, y: float, x: float, width: float) -> SafeString:
    need = len(box.label) * _LETTER + 12
    fit = next((name for name, room in _FITS if need <= (room - _MARGINS) * width / 100), None)
    text: list[SafeString] = []
    if fit is not None:
        text = [svg.text("6", 18, box.label, class_=fit or None)]
    return svg.element(
        "a",
        svg.element(
            "svg",
            svg.element("title", box.title),
            svg.element("rect", width="100%", height=_BOX, rx=2),
            *text,
            x=svg.share(x),
            y=y,
            width=svg.share(width),
            height=_BOX,
        ),
        class_="box broken" if box.broken else "box",
        href=box.href,
        tabindex="-1",
        aria_label=box.title,
    )


def _ends(laid: _Laid) -> tuple[float, float]:
    """Where an arrow leaves its band and where it reaches the other, in pixels from the top."""
    shift = 8.0 * (laid.lane % 4)
    is_down = laid.end > laid.start
    leave, reach = (_BAND - 12 - shift, 12 + shift) if is_down else (12 + shift, _BAND - 12 - shift)
    step = _BAND + _GAP
    return laid.start * step + leave, laid.end * step + reach


def _left(laid: _Laid) -> SafeString:
    """An allowed import: quiet, and hidden where the page is narrow."""
    start, end = _ends(laid)
    x = -(laid.lane + 1) * _LANE + 8
    return svg.element(
        "g",
        svg.element("path", d=f"M0 {start}H{x}V{end}H-2"),
        svg.element("path", d=f"M-7 {end - 3.5}L-1 {end}L-7 {end + 3.5}", class_="tip"),
        svg.text(
            svg.number(x), (start + end) / 2 + 4, f"{laid.arrow.count:,}", text_anchor="middle"
        ),
        class_="flow",
    )


def _right(laid: _Laid) -> SafeString:
    """Imports that break the layers: a link to the line, or to the list of them."""
    start, end = _ends(laid)
    x = (laid.lane + 1) * _LANE - 6
    label = f"{laid.arrow.count:,}"
    drawing = svg.element(
        "svg",
        svg.element("circle", cx=0, cy=start, r=3.5),
        svg.element("path", d=f"M0 {start}H{x}V{end}H4"),
        svg.element("path", d=f"M9 {end - 5}L1 {end}L9 {end + 5}Z", class_="tip"),
        svg.text(svg.number(x), (start + end) / 2 + 4, label, text_anchor="middle"),
        x="100%",
        overflow="visible",
    )
    return svg.element(
        "a", drawing, class_="breach", href=laid.arrow.href, aria_label=laid.arrow.label
    )
