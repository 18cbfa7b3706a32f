"""Long lines with fewer points, and the tags that are written on a trend."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from dashboard.charts.releases import GAP, Release, fitting
from dashboard.charts.thinning import thinned
from dashboard.charts.timeline import Timeline

START = datetime(2020, 1, 1, tzinfo=UTC)
LINE = Timeline(START, START + timedelta(days=1_000))


def named(*releases: tuple[int, str]) -> list[str]:
    """The names that are written, of tags so many days after the start."""
    found = [Release(START + timedelta(days=days), name) for days, name in releases]
    return [release.name for release in fitting(found, LINE)]


def test_a_short_line_stays_as_it_is() -> None:
    places = [(float(x), 5.0) for x in range(100)]
    assert thinned(places) == tuple(places)


def test_a_long_line_keeps_its_ends_and_its_extremes() -> None:
    places = [(number / 100, 50.0 + number % 7) for number in range(10_000)]
    places[4_321] = (43.21, 1.0)
    places[8_765] = (87.65, 99.0)
    kept = thinned(places)
    assert len(kept) <= 1_200
    assert {places[0], places[-1], (43.21, 1.0), (87.65, 99.0)} <= set(kept)
    assert list(kept) == sorted(kept)


def test_greater_releases_win_the_room() -> None:
    assert named((500, "1.4.2"), (505, "v2.0"), (510, "2.1")) == ["v2.0"]


def test_newer_releases_win_among_equals() -> None:
    assert named((500, "1.4"), (520, "1.5"), (700, "1.6")) == ["1.5", "1.6"]


def test_what_is_no_plain_version_is_not_written() -> None:
    assert named((100, "nightly"), (300, "2.0rc1"), (500, "x" * 20), (700, "release-3.0")) == [
        "release-3.0"
    ]


def test_names_keep_their_distance() -> None:
    releases = [Release(START + timedelta(days=10 * n), f"{n}.0") for n in range(100)]
    places = [LINE.x(release.at) for release in fitting(releases, LINE)]
    assert len(places) > 5
    assert min(b - a for a, b in pairwise(places)) >= GAP
