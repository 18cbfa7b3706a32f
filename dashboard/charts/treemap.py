"""Files by folder: area is lines, colour and letter are the score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.utils.safestring import SafeString

from dashboard.charts import svg
from dashboard.charts.scale import DASH, floored, grade, grade_class
from dashboard.charts.squares import Box, Placed, Sized, squarify

FLAT: Final = (1360.0, 380.0)
TALL: Final = (358.0, 560.0)
NARROWEST: Final = 328.0  # pixels of the map on the narrowest phone
_HEAD: Final = 17.0  # pixels of a folder's name
_GAP: Final = 4.0
_LOWEST: Final = 34.0  # pixels of a folder that has room for a name over its files
_LETTER: Final = 7.1  # pixels of a letter of a label, at most
MOST_STOPS: Final = 40
# Containers in which a label fits: the class shows it from this width on.
_FITS: Final = (("f1", 640), ("f2", 960), ("f3", 1248))
_LEAST: Final = 36.0  # pixels of height that a label needs


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file, or several small ones together; those have no score of their own."""

    name: str
    lines: int
    score: float | None
    href: str
    points: float = 0.0  # lost
    is_rest: bool = False  # several files


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder with its leaves, largest first, several together last. `href` opens it, "" none."""

    name: str
    leaves: tuple[Leaf, ...]
    href: str = ""

    @property
    def lines(self) -> int:
        """All its lines."""
        return sum(leaf.lines for leaf in self.leaves)


def treemap(folders: Sequence[Folder], size: tuple[float, float], class_: str) -> SafeString:
    """The map at one shape: `flat` for wide pages, `tall` for phones.

    Folders take the Tab key, and files where they are few: the table has them all.
    """
    width, height = size
    ordered = sorted(folders, key=lambda folder: -folder.lines)
    boxes = squarify([Sized(one, float(one.lines)) for one in ordered], Box(0, 0, width, height))
    leaves = sum(len(folder.leaves) for folder in folders)
    sheet = Sheet(width, class_, leaves <= MOST_STOPS)
    return svg.element(
        "svg",
        *[part for place in boxes for part in _folder(place, sheet)],
        class_=f"wide {class_}",
        height=height,
        role="group",
        aria_label="Folders by lines and score",
    )


class Sheet(NamedTuple):
    """What is drawn on: its width in pixels, its shape, and whether files take the Tab key."""

    width: float
    class_: str
    has_stops: bool

    def inner(self, box: Box, *children: str) -> SafeString:
        """An inner svg over a box."""
        return svg.element(
            "svg",
            *children,
            x=svg.share(box.x * 100 / self.width),
            y=box.y,
            width=svg.share(max(box.width, 0) * 100 / self.width),
            height=max(box.height, 0),
        )

    def tip(self, words: str) -> list[SafeString]:
        """What hover and focus tell above the map; phones have neither."""
        if self.class_ == "tall":
            return []
        return [svg.text("0", -9, words, class_="tip", aria_hidden="true")]


def _folder(place: Placed[Folder], sheet: Sheet) -> Iterator[SafeString]:
    folder, box = place
    gap = min(_GAP, box.width / 4, box.height / 4)
    high = _HEAD if box.height >= _LOWEST else 0.0
    inside = Box(box.x, box.y + high, box.width - gap, box.height - high - gap)
    if high:
        yield from _opener(folder, Box(box.x, box.y, inside.width, high), sheet)
    for leaf in squarify([Sized(one, float(one.lines)) for one in folder.leaves], inside):
        yield _leaf(leaf, folder.name, sheet)


def _opener(folder: Folder, head: Box, sheet: Sheet) -> Iterator[SafeString]:
    """The name over a folder, which opens it."""
    name, fit = _head(folder.name, head, sheet.width, sheet.class_)
    label = [svg.text("2", 12, name, class_=f"grp {fit}".rstrip())] if fit is not None else []
    if folder.href:
        words = f"{folder.name} opens: {_together(folder)}"
        bar = svg.element("rect", width="100%", height="100%", class_="bar")
        yield svg.element(
            "a",
            sheet.inner(head, bar, *label),
            *sheet.tip(words),
            class_="dir",
            href=folder.href,
            aria_label=words,
        )
    elif label:
        yield sheet.inner(head, *label)


def _together(folder: Folder) -> str:
    lost = sum(leaf.points for leaf in folder.leaves)
    return f"{folder.lines:,} lines, {lost:.2f} points lost"


def _leaf(place: Placed[Leaf], folder: str, sheet: Sheet) -> SafeString:
    leaf, box = place
    shown = _shown(leaf)
    fit = _fit(leaf.name, box, sheet.width, sheet.class_)
    label: list[str] = []
    if fit is not None:
        texts = [svg.text("7", 17, leaf.name, class_="n")]
        texts += [svg.text("7", 31, shown)] if shown else []
        label = [svg.element("g", *texts, class_=fit or None)]
    words = f"{leaf.name} {shown}".rstrip() + f", in {folder}, {leaf.lines:,} lines"
    words += f", {leaf.points:.2f} points lost" if leaf.points else ""
    return svg.element(
        "a",
        sheet.inner(box, svg.element("rect", width="100%", height="100%"), *label),
        *sheet.tip(words),
        class_="g-n rest" if leaf.is_rest else grade_class(leaf.score),
        href=leaf.href,
        tabindex=None if sheet.has_stops else "-1",
        aria_label=words,
    )


def _shown(leaf: Leaf) -> str:
    """The score and grade; a dash for a file without a score."""
    if leaf.score is None:
        return "" if leaf.is_rest else DASH
    return f"{floored(leaf.score, 0)} {grade(leaf.score)}"


def _head(name: str, box: Box, width: float, class_: str) -> tuple[str, str | None]:
    """The name of a folder as it fits over its box: whole, else its last part, else not at all."""
    short = name.rstrip("/").rsplit("/", 1)[-1] + "/" if name.endswith("/") else name
    for words in (name, short):
        fit = _class(len(words) * _LETTER + 4, box.width, width, class_)
        if fit is not None:
            return words, fit
    return name, None


def _fit(name: str, box: Box, width: float, class_: str) -> str | None:
    """The class with which a label is shown in its box; None when it fits nowhere."""
    if box.height <= _LEAST:
        return None
    return _class(max(len(name) * _LETTER, 34) + 13, box.width, width, class_)


def _class(need: float, room: float, width: float, class_: str) -> str | None:
    """The class of the narrowest container in which so many pixels fit; None when none does."""
    if class_ == "tall":
        return "" if need * width / NARROWEST <= room else None
    container = need * width / room
    return next((fit for fit, limit in _FITS if container <= limit), None)
