"""What is done to texts and numbers before they are stored."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.storage.texts import LONGEST_PATH_BYTES, clean, clean_path, finite


def test_plain_text_stays_as_it_is() -> None:
    assert clean("naïve / ✓") == "naïve / ✓"


def test_what_a_database_refuses_is_replaced() -> None:
    assert clean("a\0b\udcffc") == "a\N{REPLACEMENT CHARACTER}b?c"


def test_long_text_is_cut_with_an_ellipsis() -> None:
    assert clean("x" * 11, 10) == "x" * 9 + "…"
    assert clean("x" * 10, 10) == "x" * 10


@given(st.text(st.characters(codec=None)), st.integers(1, 50))
def test_clean_text_can_be_encoded_and_keeps_its_limit(text: str, longest: int) -> None:
    cleaned = clean(text, longest)
    assert "\0" not in cleaned.encode().decode()
    assert len(cleaned) <= longest


def test_long_paths_stay_apart() -> None:
    first, second = (clean_path("x" * 5_000 + end) for end in ("a.py", "b.py"))
    assert first != second
    assert len(first.encode()) <= LONGEST_PATH_BYTES


def test_a_path_of_usual_length_stays_as_it_is() -> None:
    assert clean_path("src/ä/b.py") == "src/ä/b.py"


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="cannot be stored"):
        finite(number)
    assert finite(0.5) == 0.5
