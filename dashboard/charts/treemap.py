"""Files by folder: area is lines, colour and letter are the score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts import svg
from dashboard.charts.scale import floored, grade, grade_class
from dashboard.charts.squares import Box, Placed, Sized, squarify

FLAT: Final = (1360.0, 380.0)
TALL: Final = (358.0, 560.0)
_HEAD: Final = 17.0  # pixels of a folder's name
_GAP: Final = 4.0
_LETTER: Final = 7.1  # pixels of a letter of a label, at most
# Containers in which a label fits: the class shows it from this width on.
_FITS: Final = (("f1", 640), ("f2", 960), ("f3", 1248))
_LEAST: Final = 33.0  # pixels of height that a label needs


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file, or several small ones together; those have no score of their own."""

    name: str
    lines: int
    score: float | None
    href: str


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder with its leaves, largest first, those without a score last."""

    name: str
    leaves: tuple[Leaf, ...]

    @property
    def lines(self) -> int:
        """All its lines."""
        return sum(leaf.lines for leaf in self.leaves)


def treemap(folders: Sequence[Folder], size: tuple[float, float], class_: str) -> SafeString:
    """The map at one shape: `flat` for wide pages, `tall` for phones."""
    width, height = size
    ordered = sorted(folders, key=lambda folder: -folder.lines)
    boxes = squarify([Sized(one, float(one.lines)) for one in ordered], Box(0, 0, width, height))
    return svg.element(
        "svg",
        *[part for place in boxes for part in _folder(place, width, class_)],
        class_=f"wide {class_}",
        height=height,
        role="group",
        aria_label="Folders by lines and score",
    )


def _folder(place: Placed[Folder], width: float, class_: str) -> Iterator[SafeString]:
    folder, box = place
    name, fit = _head(folder.name, box, width, class_)
    if fit is not None:
        yield svg.element(
            "svg",
            svg.text("2", 12, name, class_=f"grp {fit}".rstrip()),
            x=svg.share(box.x * 100 / width),
            y=box.y,
            width=svg.share(max(box.width - _GAP, 0) * 100 / width),
            height=_HEAD,
        )
    inner = Box(box.x, box.y + _HEAD, box.width - _GAP, box.height - _HEAD - _GAP)
    for leaf in squarify([Sized(one, float(one.lines)) for one in folder.leaves], inner):
        yield _leaf(leaf, folder.name, width, class_)


def _leaf(place: Placed[Leaf], folder: str, width: float, class_: str) -> SafeString:
    leaf, box = place
    shown = "" if leaf.score is None else f"{floored(leaf.score, 0)} {grade(leaf.score)}"
    fit = _fit(leaf.name, box, width, class_)
    label: list[str] = []
    if fit is not None:
        texts = [svg.text("7", 17, leaf.name, class_="n")]
        texts += [svg.text("7", 31, shown)] if shown else []
        label = [svg.element("g", *texts, class_=fit or None)]
    return svg.element(
        "a",
        svg.element(
            "svg",
            svg.element("rect", width="100%", height="100%"),
            *label,
            x=svg.share(box.x * 100 / width),
            y=box.y,
            width=svg.share(box.width * 100 / width),
            height=box.height,
        ),
        class_=grade_class(leaf.score) if leaf.score is not None else "g-n rest",
        href=leaf.href,
        tabindex="-1",
        aria_label=f"{leaf.name} {shown}, in {folder}, {leaf.lines:,} lines",
    )


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
        return "" if need <= room else None
    container = need * width / room
    return next((fit for fit, limit in _FITS if container <= limit), None)
