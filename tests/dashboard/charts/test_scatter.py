"""The picture of hotspots: places, areas, and names that keep clear of each other."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard.charts.scatter import HEIGHT, LARGEST, NAMED, WIDTHS, Plan, Spot, area_of, plan
from dashboard.charts.scatter_svg import scatter_svg


def spot(path: str, changes: int = 4, points: float = 1.0, lines: int = 100) -> Spot:
    return Spot(path, changes, points, lines, 80.0, f"/file/{path}")


SPOTS = some.lists(
    some.builds(
        spot,
        some.text("ab/cd_", min_size=1, max_size=50),
        some.integers(1, 400),
        some.floats(0.001, 30),
        some.integers(1, 9_000),
    ),
    min_size=1,
    max_size=40,
)


def placed(*spots: Spot) -> Plan:
    found = plan(spots)
    assert found is not None
    return found


def test_places_follow_the_axes() -> None:
    found = placed(spot("a", 38, 1.9), spot("b", 10, 0.5))
    low, high = found.bubbles
    assert (high.spot.path, low.spot.path) == ("a", "b")
    assert (high.x, high.y) == pytest.approx((95, HEIGHT * 0.05))
    assert (low.x, low.y) == pytest.approx((25, HEIGHT * 0.75))
    assert [tick.label for tick in found.across] == ["0", "10", "20", "30", "40"]
    assert [tick.label for tick in found.up] == ["0", "0.5", "1.0", "1.5", "2.0"]
    assert found.up[0].place == HEIGHT


def test_axes_go_on_beyond_the_furthest() -> None:
    found = placed(spot("a", 40, 2.0))
    assert [found.across[-1].label, found.up[-1].label] == ["50", "2.5"]


def test_the_area_is_the_lines() -> None:
    small, large = placed(spot("a", lines=2_500), spot("b", 5, lines=10_000)).bubbles
    assert (small.radius / large.radius) ** 2 == pytest.approx(0.25)
    assert large.radius == LARGEST


def test_curves_join_the_same_heat() -> None:
    found = placed(spot("a", 38, 1.9))
    right, top = 40.0, 2.0
    for curve, part in zip(found.curves, (0.5, 0.2, 0.06), strict=True):
        heats = [x / 100 * right * (1 - y / HEIGHT) * top for x, y in curve]
        assert heats == pytest.approx([part * 38 * 1.9] * len(heats))
        assert all(-1e-6 <= y <= HEIGHT and x <= 100 + 1e-6 for x, y in curve)


def test_without_heat_there_is_no_picture() -> None:
    assert plan([]) is None
    assert plan([spot("a", 0), spot("b", points=0.0)]) is None


@given(SPOTS, some.floats(1, 4))
def test_names_never_meet_at_any_width(spots: list[Spot], wider: float) -> None:
    found = placed(*spots)
    for key, width in WIDTHS.items():
        names = found.names[key]
        assert len(names) <= NAMED
        areas = [area_of(name, width * wider) for name in names]
        for one, other in combinations(areas, 2):
            assert min(one.right, other.right) - max(one.left, other.left) <= 1e-6 or min(
                one.bottom, other.bottom
            ) <= max(one.top, other.top)
        for area in areas:
            assert area.left >= -1e-6
            assert area.right <= width * wider + 1e-6


@given(SPOTS)
def test_everything_stands_inside_its_axes(spots: list[Spot]) -> None:
    found = placed(*spots)
    assert len(found.bubbles) == len(spots)
    assert all(0 <= each.x <= 100 + 1e-6 and -1e-6 <= each.y <= HEIGHT for each in found.bubbles)
    for ticks in (found.across, found.up):
        assert len({tick.label for tick in ticks}) == len(ticks)
        assert 2 <= len(ticks) <= 7
        assert ticks[0].label == "0"


def test_only_the_hottest_take_the_tab_key() -> None:
    found = placed(*(spot(f"p/file{number}.py", number + 1) for number in range(40)))
    drawn = str(scatter_svg(found, "Files", 90))
    assert drawn.count("<a ") == 40
    assert drawn.count('tabindex="-1"') == 40 - NAMED


def test_hostile_names_are_escaped() -> None:
    drawn = str(scatter_svg(placed(spot("<script>&.py")), "Files", 90))
    assert "<script" not in drawn
    assert "&lt;script&gt;&amp;.py" in drawn
