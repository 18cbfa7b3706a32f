"""The files of a repository by folder, for its map and the table beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile
from typing import Final, Protocol
from urllib.parse import urlencode

from django.urls import reverse

from dashboard.addresses import file_address
from dashboard.charts import svg
from dashboard.charts.contract import Chart, Key, Link, Links, Twin, grade_keys
from dashboard.charts.treemap import FLAT, TALL, Folder, Leaf, treemap
from dashboard.principles import LABELS
from dashboard.queries.access import Frame
from dashboard.visible import visible

SMALL: Final = 0.0025  # of all lines: files under it stand together
LARGE: Final = 0.4  # of all lines: a folder over it is opened
MOST_FOLDERS: Final = 14
LEAST_TILES: Final = 3
ELSEWHERE: Final = "other folders"
TOP: Final = "top folder"


class MapFile(Protocol):
    """A file as the map needs it."""

    @property
    def path(self) -> str:
        """From the top of the repository."""
        ...

    @property
    def lines(self) -> int:
        """Its size."""
        ...

    @property
    def score(self) -> float | None:
        """What its colour says; None where there is nothing to judge."""
        ...

    @property
    def points_lost(self) -> float:
        """Of the overall score."""
        ...


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the things of a map lead to."""

    file: Callable[[str], str]  # by path
    group: Callable[[Group], str]
    rest: Callable[[Group], str]  # its small files, in a list


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one folder. `glob` finds them on the list of files; "" finds no better."""

    path: str  # with a slash at the end; "" for the top
    glob: str
    files: tuple[MapFile, ...]
    lines: int  # of all its files
    points_lost: float  # that they take from the overall score; points add up
    name: str = ""  # as shown: without what all groups share

    @classmethod
    def of(cls, path: str, glob: str, files: Sequence[MapFile], name: str = "") -> Group:
        """These files together."""
        lines = sum([file.lines for file in files])
        return cls(path, glob, tuple(files), lines, sum([file.points_lost for file in files]), name)


@dataclass(frozen=True, slots=True)
class MapRow:
    """A folder in the table beside the map."""

    path: str
    name: str
    href: str
    files: int
    lines: int
    points_lost: float


@dataclass(frozen=True, slots=True)
class FolderMap:
    """The map, and each of its folders with the address of its files."""

    chart: Chart
    rows: tuple[MapRow, ...]  # most points lost first


def folder_map(frame: Frame, files: Sequence[MapFile], by: str = "") -> FolderMap | None:
    """The map of a repository; None where it would say no more than the list of files."""
    groups = grouped(files)
    lead = addresses(frame, by)
    drawn = folders(groups, lead)
    if sum(len(folder.leaves) for folder in drawn) < LEAST_TILES:
        return None
    return drawn_map(groups, lead, LABELS[by].name if by else "")


def drawn_map(groups: Sequence[Group], lead: Addresses, judged: str = "") -> FolderMap:
    """The map of some groups; `judged` names the principle that colours it, "" for all of them."""
    drawn = folders(groups, lead)
    ranked = sorted(groups, key=lambda group: (-group.points_lost, group.name))
    rows = tuple(_row(group, lead) for group in ranked)
    count = sum(len(group.files) for group in groups)
    told = "1 file" if count == 1 else f"{count:,} files"
    what = judged.lower() or "the score"
    chart = Chart(
        title=f"{told} by folder, lines and {what}",
        description=(
            f"Area is lines, on one scale for all; colour and letter are {what}. Files of less than"
            f" {SMALL * 100:g}\N{NO-BREAK SPACE}% of the lines stand together."
        ),
        drawing=svg.join([treemap(drawn, FLAT, "flat"), treemap(drawn, TALL, "tall")]),
        twin=_twin(rows),
        legend=_legend(drawn),
        look="tree",
    )
    return FolderMap(chart, rows)


def _twin(rows: Sequence[MapRow]) -> Twin:
    return Twin(
        caption="Folders, most points lost first",
        head=("Folder", "Files", "Lines", "Points lost"),
        rows=tuple(
            (
                Links((Link(row.name, row.href),)),
                f"{row.files:,}",
                f"{row.lines:,}",
                f"{row.points_lost:.2f}",
            )
            for row in rows
        ),
    )


def _legend(drawn: Sequence[Folder]) -> tuple[Key, ...]:
    """The grades, and what has none where there is such."""
    leaves = [leaf for folder in drawn for leaf in folder.leaves]
    is_rest = any(leaf.is_rest or leaf.score is None for leaf in leaves)
    return (*grade_keys(), *([Key("rest", "small files, or nothing to judge")] if is_rest else []))


def _row(group: Group, lead: Addresses) -> MapRow:
    href = lead.group(group) or lead.rest(group)
    size = len(group.files), group.lines, group.points_lost
    return MapRow(group.path, group.name, href, *size)


def addresses(frame: Frame, by: str = "", here: str = "") -> Addresses:
    """Where a map leads to: folders open in the map itself, but for the one that is open."""
    team, slug = frame.team_slug, frame.slug

    def group_href(group: Group) -> str:
        return folder_address(frame, group.path, by) if group.path not in {"", here} else ""

    def rest_href(group: Group) -> str:
        listed = reverse("files", args=[team, slug])
        return f"{listed}?{urlencode({'path': group.glob})}" if group.glob else listed

    return Addresses(lambda path: file_address(team, slug, path), group_href, rest_href)


def folder_address(frame: Frame, folder: str, by: str = "") -> str:
    """The map of a folder, coloured by a principle or by the overall score."""
    asked = {key: value for key, value in (("folder", folder), ("by", by)) if value}
    address = reverse("folders", args=[frame.team_slug, frame.slug])
    return f"{address}?{urlencode(asked, errors='replace')}" if asked else address


def folders(groups: Sequence[Group], lead: Addresses) -> list[Folder]:
    """Folders as the map draws them: small files together, without a score of their own."""
    total = sum(group.lines for group in groups)
    return [
        Folder(group.name, _leaves(group, SMALL * total, lead), lead.group(group))
        for group in groups
        if group.lines
    ]


def _leaves(group: Group, least: float, lead: Addresses) -> tuple[Leaf, ...]:
    full = sorted((file for file in group.files if file.lines), key=lambda file: -file.lines)
    small = [file for file in full if file.lines < least]
    leaves = [
        Leaf(_stem(one.path), one.lines, one.score, lead.file(one.path), one.points_lost)
        for one in full[: len(full) - len(small)]
    ]
    if small:
        lines = sum(file.lines for file in small)
        lost = sum(file.points_lost for file in small)
        href = lead.group(group) or lead.rest(group)
        leaves.append(Leaf(f"{len(small)} small", lines, None, href, lost, is_rest=True))
    return tuple(leaves)


def _stem(path: str) -> str:
    return visible(path.rsplit("/", 1)[-1].removesuffix(".py"))


def grouped(files: Sequence[MapFile], here: str = "") -> list[Group]:
    """Files by folder, largest first: a folder that holds most lines is opened, level by level.

    `here` is a folder that all files lie in; it is open, as those above it are. Files beside opened
    folders stand in a group of their own; the smallest folders stand together.
    """
    total = sum(file.lines for file in files)
    opened = set(accumulate(f"{part}/" for part in here.split("/")[:-1]))
    groups = _by_folder(files, opened)
    while len(groups) < MOST_FOLDERS:
        large = next((one for one in groups if _may_open(one, total, opened)), None)
        if large is None:
            break
        opened.add(large.path)
        groups = _by_folder(files, opened)
    kept, rest = _named(groups[:MOST_FOLDERS]), groups[MOST_FOLDERS:]
    if rest:
        together = tuple(file for group in rest for file in group.files)
        kept.append(Group.of("", f"{here}**" if here else "", together, ELSEWHERE))
    return kept


def _may_open(group: Group, total: int, opened: Collection[str]) -> bool:
    """Whether a folder holds most of the lines and has folders of its own."""
    if group.path in opened or group.lines <= LARGE * total:
        return False
    return any("/" in file.path[len(group.path) :] for file in group.files)


def _by_folder(files: Sequence[MapFile], opened: Collection[str]) -> list[Group]:
    found: dict[str, list[MapFile]] = defaultdict(list)
    for file in files:
        found[_folder(file.path, opened)].append(file)
    groups = [
        Group.of(path, f"{path}*" if path in opened or not path else f"{path}**", several)
        for path, several in found.items()
    ]
    return sorted(groups, key=lambda group: (-group.lines, group.path))


def _folder(path: str, opened: Collection[str]) -> str:
    """The group of a file: its first folder that is not opened, else the last one that is."""
    folder = ""
    for part in path.split("/")[:-1]:
        folder += f"{part}/"
        if folder not in opened:
            break
    return folder


def _named(groups: Sequence[Group]) -> list[Group]:
    """Groups by what tells them apart: the folders that all of them share are left out."""
    folders_of = [group.path.split("/")[:-1] for group in groups]
    columns = zip(*folders_of, strict=False)
    shared = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, columns))
    return [replace(group, name=_name(group.path, shared)) for group in groups]


def _name(path: str, shared: int) -> str:
    parts = path.split("/")[:-1]
    return visible("/".join(parts[shared:] or parts[-1:]) + "/") if parts else TOP
