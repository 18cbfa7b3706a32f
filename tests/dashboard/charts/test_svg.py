"""Elements of SVG as escaped markup."""

from __future__ import annotations

import pytest

from dashboard.charts.svg import across, element, number, path, share, stretched, text, upright


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1, "1"), (1.5, "1.5"), (1.256, "1.26"), (-0.001, "0"), (-0.5, "-0.5"), (100, "100")],
)
def test_coordinates_have_at_most_two_decimals(value: float, shown: str) -> None:
    assert number(value) == shown
    assert share(value) == f"{shown}%"


def test_a_line_runs_through_its_points() -> None:
    assert path([(0, 1), (2.5, 3), (4, 0.125)]) == "M0 1L2.5 3L4 0.12"


def test_what_is_told_is_escaped() -> None:
    mark = element("g", "<b>", element("title", "a & b"), aria_label='"x"', class_="c", id=None)
    assert mark == ('<g aria-label="&quot;x&quot;" class="c">&lt;b&gt;<title>a &amp; b</title></g>')


def test_lines_and_labels() -> None:
    assert across(4) == '<line class="grid" x2="100%" y1="4" y2="4"></line>'
    assert upright(25, 0, 9, "now") == '<line class="now" x1="25%" x2="25%" y1="0" y2="9"></line>'
    assert text("10%", 3, "Mon", class_="l") == '<text x="10%" y="3" class="l">Mon</text>'


def test_paths_are_stretched_to_the_width() -> None:
    assert stretched(40, class_="area") == (
        '<svg viewBox="0 0 1000 40" width="100%" height="40" preserveAspectRatio="none" '
        'class="area"></svg>'
    )
