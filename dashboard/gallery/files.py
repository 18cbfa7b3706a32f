"""Maps, hotspots, layers and pasts of invented files, for samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from dashboard.charts.contract import Chart
from dashboard.file_past import Line, shown
from dashboard.folders import addresses, drawn_map, grouped
from dashboard.hotspots import hotspots
from dashboard.layer_drawing import drawing
from dashboard.queries.access import Frame
from dashboard.queries.repository import FilePlace
from scanner.application.file_history import FileMoment, FilePast
from scanner.domain.architecture import Architecture, Breach, Flow, LayerFolder

FRAME: Final = Frame(
    id=0, team="Shop", team_slug="shop", name="orders", slug="orders", branch="main",
    commit="c" * 40, scanned_at=None, open_findings=0, role="viewer",
)  # fmt: skip
HOSTILE: Final = '"><img src=x onerror=alert(1)>.py'
_FOLDERS: Final = ("api", "domain", "domain/pricing", "storage/adapters/postgresql", "web/views")
_BEGAN: Final = datetime(2024, 3, 4, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Tile:
    """A file of a map; it may have nothing to judge."""

    path: str
    lines: int
    score: float | None
    points_lost: float


def places(count: int) -> list[FilePlace]:
    """Files of all sizes and grades; the first one has a hostile name."""
    names = [HOSTILE, *(f"module_{number}.py" for number in range(1, count))][:count]
    return [
        FilePlace(
            path=f"shop/{_FOLDERS[number % len(_FOLDERS)]}/{name}",
            lines=20 + (number * 7_919) % 1_600,
            score=100 - (number * 37) % 61,
            points_lost=((number * 53) % 97) / 120,
            findings=number % 9,
            changes=(number * 31) % 23,
        )
        for number, name in enumerate(names)
    ]


def map_chart(count: int, *, partial: bool = False) -> Chart | None:
    """Files by folder; in a partial one every third has nothing to judge."""
    tiles = [
        _Tile(one.path, one.lines, None if partial and not n % 3 else one.score, one.points_lost)
        for n, one in enumerate(places(count))
    ]
    groups = grouped(tiles)
    return drawn_map(groups, addresses(FRAME)).chart if groups else None


def hotspots_chart(count: int) -> Chart | None:
    """Files by changes and points."""
    found = hotspots(FRAME, [one for one in places(count + 1) if one.points_lost][:count])
    return found.chart if found else None


def layers_chart(folders: int, *, breaches: int = 0) -> Chart | None:
    """A layered package; breaking imports climb from the domain."""
    layers = ("presentation", "infrastructure", "application", "domain")
    laid = tuple(
        LayerFolder(
            layers[-1 - n % 4], "shop", f"shop/part_{n}/{layers[-1 - n % 4]}", 3 + n * 5 % 17
        )
        for n in range(folders)
    )
    flows = tuple(
        Flow("shop", one, "shop", to, 12, 0)
        for rank, one in enumerate(layers)
        for to in layers[rank + 1 :]
    )
    broken = tuple(
        Breach(
            "LA01", f"shop/part_{n}/domain/rates.py", n + 1, "shop", "domain", "shop.rates",
            "shop.tables", "shop/tables.py", "shop", layers[n % 3],
        )
        for n in range(breaches)
    )  # fmt: skip
    picture = Architecture(
        modules=9, layered=9, folders=laid, flows=flows if folders > 1 else (), breaches=broken
    )
    drawn = drawing(FRAME, picture)
    return drawn.chart if drawn else None


def past_lines(changes: int, *, partial: bool = False) -> Sequence[Line]:
    """A file at its changes; in a partial past the first half has nothing to judge."""
    moments = tuple(
        FileMoment(
            f"{n:040x}",
            _BEGAN + timedelta(days=9 * n),
            "shop/orders.py",
            None if partial and n < changes / 2 else 70 + n * 13 % 27,
            120 + 40 * n,
            4 + 2 * n,
        )
        for n in range(changes)
    )
    found = shown(FilePast(moments, unread=0, is_cut=False), 80)
    return found.lines if found else ()
