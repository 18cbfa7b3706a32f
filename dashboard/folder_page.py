"""The page of a map: which folder is open, what colours it, what lies in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.folders import (
    FolderMap,
    addresses,
    drawn_map,
    folder_address,
    grouped,
)
from dashboard.principles import LABELS
from dashboard.queries.access import Frame
from dashboard.queries.folders import ScoredFile
from dashboard.visible import visible

LISTED: Final = 20
OVERALL: Final = "Overall"


@dataclass(frozen=True, slots=True)
class Way:
    """A link with its words; the current one has no address."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class OpenFolder:
    """A folder with its files, its map, and the ways out of it."""

    path: str  # "" for the top
    map: FolderMap | None  # None where it holds no line
    files: tuple[ScoredFile, ...]  # most points lost first, of many the first
    count: int
    lines: int
    points_lost: float
    crumbs: tuple[Way, ...]  # from the top to the folder above
    colours: tuple[Way, ...]
    by: str  # a principle, "" for the overall score


def open_folder(frame: Frame, files: Sequence[ScoredFile], folder: str, by: str) -> OpenFolder:
    """A folder as its page shows it; without files where there is none of that name."""
    path = f"{folder.strip('/')}/" if folder.strip("/") else ""
    inside = [file for file in files if file.path.startswith(path)]
    groups = [group for group in grouped(inside, path) if group.lines]
    return OpenFolder(
        path=path,
        map=drawn_map(groups, addresses(frame, by, path), LABELS[by].name if by else "")
        if groups
        else None,
        files=tuple(inside[:LISTED]),
        count=len(inside),
        lines=sum(file.lines for file in inside),
        points_lost=sum(file.points_lost for file in inside),
        crumbs=tuple(_crumbs(frame, path, by)),
        colours=tuple(_colours(frame, path, by)),
        by=by,
    )


def _crumbs(frame: Frame, path: str, by: str) -> list[Way]:
    parts = path.split("/")[:-1]
    ways = [Way("All files", folder_address(frame, "", by))] if parts else []
    for depth in range(1, len(parts)):
        above = "/".join(parts[:depth]) + "/"
        ways.append(Way(visible(parts[depth - 1]), folder_address(frame, above, by)))
    return ways


def _colours(frame: Frame, path: str, by: str) -> list[Way]:
    choices = {"": OVERALL} | {key: label.name for key, label in LABELS.items() if label.built}
    return [
        Way(name, "" if key == by else folder_address(frame, path, key))
        for key, name in choices.items()
    ]
