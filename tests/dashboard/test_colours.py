"""Every colour can be read, in light and in dark, and by browsers before 2024."""

from __future__ import annotations

from typing import Final

import pytest

from tests.dashboard.colours import STATIC, contrast, fallback, oklch, tokens

CSS: Final = (STATIC / "tokens.css").read_text()
TOKENS: Final = tokens(CSS)
GRADES: Final = "abcdf"
TEXT: Final = 4.5  # WCAG AA for text
SHAPE: Final = 3.0  # and for controls and marks


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
class TestContrast:
    """Ratios of WCAG 2.2, level AA."""

    @pytest.mark.parametrize("letter", GRADES)
    def test_the_letter_of_a_grade_stands_out_from_its_fill(self, letter: str, theme: int) -> None:
        fill, on = TOKENS[f"{letter}-fill"][theme], TOKENS[f"{letter}-on"][theme]
        assert contrast(fill, on) >= TEXT

    @pytest.mark.parametrize("letter", GRADES)
    @pytest.mark.parametrize("ground", ["paper", "sheet"])
    def test_a_grade_written_in_ink_can_be_read(self, letter: str, ground: str, theme: int) -> None:
        assert contrast(TOKENS[f"{letter}-ink"][theme], TOKENS[ground][theme]) >= SHAPE

    @pytest.mark.parametrize("ink", ["ink", "ink-2", "ink-3", "accent", "a-ink", "d-ink", "f-ink"])
    @pytest.mark.parametrize("ground", ["paper", "sheet", "sunk"])
    def test_text_can_be_read_on_every_ground(self, ink: str, ground: str, theme: int) -> None:
        assert contrast(TOKENS[ink][theme], TOKENS[ground][theme]) >= TEXT

    @pytest.mark.parametrize("word", ["c-key", "c-str", "c-num"])
    def test_code_can_be_read(self, word: str, theme: int) -> None:
        assert contrast(TOKENS[word][theme], TOKENS["sheet"][theme]) >= TEXT

    def test_controls_have_edges_that_can_be_seen(self, theme: int) -> None:
        assert contrast(TOKENS["edge"][theme], TOKENS["sheet"][theme]) >= SHAPE

    def test_the_main_button_can_be_read(self, theme: int) -> None:
        assert contrast(TOKENS["on-accent"][theme], TOKENS["accent"][theme]) >= TEXT


def test_trouble_weighs_more_than_its_absence() -> None:
    """On paper, the fill of an F stands out most and that of a B least."""
    for theme in (0, 1):
        weight = {g: contrast(TOKENS[f"{g}-fill"][theme], TOKENS["paper"][theme]) for g in GRADES}
        assert max(weight, key=lambda g: weight[g]) == "f"
        assert min(weight, key=lambda g: weight[g]) == "b"


def test_old_browsers_get_the_same_colours() -> None:
    sheet = (STATIC / "fallback.css").read_text()
    assert fallback(CSS) in sheet


def test_colours_are_converted_as_browsers_do() -> None:
    assert oklch(1, 0, 0).hex == "#ffffff"
    assert oklch(0, 0, 0).hex == "#000000"
    assert oklch(0.627955, 0.257683, 29.2339).hex == "#ff0000"
