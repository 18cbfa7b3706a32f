"""The files of a repository by folder, for its map and the table beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from dashboard.addresses import file_address
from dashboard.charts.treemap import FLAT, TALL, Folder, Leaf, treemap
from dashboard.queries.access import Frame
from dashboard.queries.repository import FilePlace
from dashboard.visible import visible

SMALL: Final = 0.006  # of all lines: files under it stand together
MOST_FOLDERS: Final = 14
LEAST_TILES: Final = 3
ELSEWHERE: Final = "other folders"


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder in figures. `path` is its whole path with a slash at the end, "" for the rest."""

    name: str
    path: str
    files: int
    lines: int
    points_lost: float


@dataclass(frozen=True, slots=True)
class FolderMap:
    """The map in both its shapes, and its table: a row with the address of its files each."""

    flat: SafeString
    tall: SafeString
    rows: tuple[tuple[FolderRow, str], ...]
    scores: tuple[int, ...] = (90, 80, 70, 60, 0)  # one of each grade, for the key


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one folder, those in folders below it included."""

    name: str
    path: str
    files: tuple[FilePlace, ...]


def folder_map(frame: Frame, files: Sequence[FilePlace]) -> FolderMap | None:
    """The map of a repository; None where it would say no more than the list of files."""
    team, slug = frame.team_slug, frame.slug
    listed = reverse("files", args=[team, slug])

    def file_href(path: str) -> str:
        return file_address(team, slug, path)

    def folder_href(path: str) -> str:
        return f"{listed}?{urlencode({'path': f'{path}**'})}" if path else listed

    groups = grouped(files)
    drawn = folders(groups, file_href, folder_href)
    if sum(len(folder.leaves) for folder in drawn) < LEAST_TILES:
        return None
    rows = tuple((row, folder_href(row.path)) for row in folder_rows(groups))
    return FolderMap(treemap(drawn, FLAT, "flat"), treemap(drawn, TALL, "tall"), rows)


def folder_rows(groups: Sequence[Group]) -> list[FolderRow]:
    """Folders by points lost; sums are exact, since points are additive."""
    rows = [
        FolderRow(
            group.name,
            group.path,
            len(group.files),
            sum(file.lines for file in group.files),
            sum(file.points_lost for file in group.files),
        )
        for group in groups
    ]
    return sorted(rows, key=lambda row: (-row.points_lost, row.name))


def folders(
    groups: Sequence[Group], file_href: Callable[[str], str], folder_href: Callable[[str], str]
) -> list[Folder]:
    """Folders as the map draws them: small files together, without a score of their own."""
    total = sum(file.lines for group in groups for file in group.files)
    return [
        Folder(group.name, _leaves(group, total, file_href, folder_href))
        for group in groups
        if any(file.lines for file in group.files)
    ]


def _leaves(
    group: Group,
    total: int,
    file_href: Callable[[str], str],
    folder_href: Callable[[str], str],
) -> tuple[Leaf, ...]:
    large = [file for file in group.files if file.lines >= SMALL * total]
    small = [file for file in group.files if 0 < file.lines < SMALL * total]
    large.sort(key=lambda file: -file.lines)
    leaves = [
        Leaf(visible(PurePosixPath(one.path).stem), one.lines, one.score, file_href(one.path))
        for one in large
        if one.lines
    ]
    if small:
        lines = sum(file.lines for file in small)
        leaves.append(Leaf(f"{len(small)} small", lines, None, folder_href(group.path)))
    return tuple(leaves)


def grouped(files: Sequence[FilePlace]) -> list[Group]:
    """Files by the first folder below what they all share; the smallest folders together."""
    shared = _shared([file.path.split("/")[:-1] for file in files])
    found: dict[str, list[FilePlace]] = defaultdict(list)
    for file in files:
        parts = file.path.split("/")
        found["/".join(parts[: min(shared + 1, len(parts) - 1)])].append(file)
    ordered = sorted(found.items(), key=lambda item: -sum(file.lines for file in item[1]))
    kept, rest = ordered[:MOST_FOLDERS], ordered[MOST_FOLDERS:]
    groups = [
        Group(_name(path, shared), f"{path}/" if path else "", tuple(several))
        for path, several in kept
    ]
    if rest:
        together = tuple(file for _, several in rest for file in several)
        groups.append(Group(ELSEWHERE, "", together))
    return groups


def _name(path: str, shared: int) -> str:
    parts = path.split("/") if path else []
    return visible("/".join(parts[shared:] or parts[-1:]) + "/") if parts else "top folder"


def _shared(folders_of: Sequence[list[str]]) -> int:
    """How many leading folders all files have in common."""
    if not folders_of:
        return 0
    first, last = min(folders_of), max(folders_of)
    count = 0
    for one, other in zip(first, last, strict=False):
        if one != other:
            break
        count += 1
    return count
