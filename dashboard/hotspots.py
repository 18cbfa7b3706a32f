"""What is said of hotspots: files that change often and cost points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from dashboard.addresses import file_address
from dashboard.charts.contract import Cell, Chart, Key, Link, Links, Twin
from dashboard.charts.scale import floored, grade
from dashboard.charts.scatter import NAMED, Spot, plan
from dashboard.charts.scatter_svg import scatter_svg
from dashboard.queries.access import Frame
from dashboard.queries.repository import FilePlace
from dashboard.visible import visible
from scanner.domain.churn import USUAL, Window

DRAWN: Final = 200  # the hottest
FEW_DRAWN: Final = 60  # on the page of the repository
LISTED: Final = 40
FEW_LISTED: Final = 5
HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class HotFile:
    """A file, its changes in the window, and their product with the points it loses."""

    file: FilePlace
    changes: int
    share: float  # of the heat of all files

    @property
    def heat(self) -> float:
        """Changes times points lost."""
        return self.changes * self.file.points_lost


@dataclass(frozen=True, slots=True)
class Hotspots:
    """The hottest files as a picture and as rows."""

    days: Window
    chart: Chart
    rows: tuple[HotFile, ...]  # hottest first
    count: int  # files with heat
    drawn: int
    half: int  # how many of the hottest hold half of all heat


def hotspots(
    frame: Frame, files: Sequence[FilePlace], days: Window = USUAL, *, brief: bool = False
) -> Hotspots | None:
    """The hotspots among files whose changes are those of the window; None without any."""
    hot = _hottest(files)
    if not hot:
        return None
    drawn = hot[: FEW_DRAWN if brief else DRAWN]
    listed = hot[: FEW_LISTED if brief else LISTED]
    return Hotspots(
        days=days,
        chart=_chart([_spot(frame, each) for each in drawn], _twin(frame, listed, len(hot)), days),
        rows=tuple(listed),
        count=len(hot),
        drawn=len(drawn),
        half=_half(hot),
    )


def _chart(spots: Sequence[Spot], figures: Twin, days: Window) -> Chart:
    places = plan(spots)
    if places is None:
        raise RuntimeError("files with heat have a picture")
    named = min(NAMED, len(spots))
    count = "1 file" if len(spots) == 1 else f"{len(spots):,} files"
    return Chart(
        title=f"Changes and points lost of {count}",
        description=(
            f"Changes in {days} days to the right, points lost upwards; both axes begin at 0. Area"
            " is lines."
        ),
        drawing=scatter_svg(places, f"{count} by changes and points lost", days),
        twin=figures,
        legend=(
            Key("bubble", f"the hottest {named}, in the colour of their grade"),
            *([Key("cold", "the others")] if len(spots) > named else []),
            Key("iso", "the same heat: changes times points lost"),
        ),
        look="spots",
    )


def _twin(frame: Frame, hot: Sequence[HotFile], count: int) -> Twin:
    note = f"The hottest {len(hot)} of {count:,}." if len(hot) < count else ""
    address = reverse("hotspots", args=[frame.team_slug, frame.slug])
    return Twin(
        caption="Files by changes times points lost",
        head=("File", "Changes", "Points", "Lines", "Score", "Heat"),
        rows=tuple(_row(frame, each) for each in hot),
        note=note,
        everything=Links((Link("All hotspots", address),) if note else ()),
    )


def _row(frame: Frame, hot: HotFile) -> tuple[Cell, ...]:
    file = hot.file
    link = Link(file.path, file_address(frame.team_slug, frame.slug, file.path))
    return (
        Links((link,)),
        f"{hot.changes:,}",
        f"{file.points_lost:.2f}",
        f"{file.lines:,}",
        f"{floored(file.score)} {grade(file.score)}",
        f"{hot.share:.0%}",
    )


def churn(files: Sequence[FilePlace]) -> dict[str, int]:
    """The changes of the files that changed in the window."""
    return {file.path: file.changes for file in files if file.changes}


def is_counted(files: Sequence[FilePlace]) -> bool:
    """Whether the last scan counted changes at all."""
    return any(file.changes is not None for file in files)


def sentence(found: Hotspots | None, counted: bool, days: int) -> str:
    """What the page opens with."""
    if found is not None:
        name = visible(found.rows[0].file.path.rpartition("/")[2])
        return f"{name} is where a fix pays most often."
    if not counted:
        return "Changes are not counted yet."
    return f"No file that costs points changed in {days} days."


def _hottest(files: Sequence[FilePlace]) -> list[HotFile]:
    hot = [(file, file.changes) for file in files if file.changes and file.points_lost > 0]
    total = sum(changes * file.points_lost for file, changes in hot)
    found = [HotFile(file, changes, changes * file.points_lost / total) for file, changes in hot]
    return sorted(found, key=lambda each: (-each.heat, each.file.path))


def _half(hot: Sequence[HotFile]) -> int:
    held = 0.0
    for number, each in enumerate(hot, 1):
        held += each.share
        if held >= HALF:
            return number
    return len(hot)


def _spot(frame: Frame, hot: HotFile) -> Spot:
    file = hot.file
    return Spot(
        path=visible(file.path),
        changes=hot.changes,
        points=file.points_lost,
        lines=file.lines,
        score=file.score,
        href=file_address(frame.team_slug, frame.slug, file.path),
    )
