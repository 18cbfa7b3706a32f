"""Figures as pages print them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.safestring import SafeString

from dashboard.charts.scale import DASH, MINUS
from dashboard.templatetags import figures, prose

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "text"), [(89.97, "89.9"), (100.0, "100.0"), (0.0, "0.0"), (None, DASH)]
)
def test_a_score_is_rounded_down(value: float | None, text: str) -> None:
    assert figures.score(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(69.99, "69"), (100.0, "100"), (0.4, "0"), (None, DASH)]
)
def test_a_cell_is_rounded_down(value: float | None, text: str) -> None:
    assert figures.cell(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(12.34, "12.3"), (0.1, "0.1"), (0.044, "0.04"), (0.004, f"<{NBSP}0.01"), (0.0, "0.0")],
)
def test_a_small_loss_is_never_shown_as_none(value: float, text: str) -> None:
    assert figures.points(value) == text
    assert figures.gain(value) in {f"+{text}", text}


@pytest.mark.parametrize(
    ("value", "text"), [(0.2149, f"{MINUS}0.21"), (0.001, f"{MINUS}<{NBSP}0.01")]
)
def test_a_cost_has_its_sign(value: float, text: str) -> None:
    assert figures.cost(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, f"100{NBSP}%"), (0.99999, f"99.9{NBSP}%"), (0.9495, f"94.9{NBSP}%")],
)
def test_what_is_not_whole_never_reads_as_whole(value: float, text: str) -> None:
    assert figures.percent(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(2900.0, "2,900"), (9.5, "9.5"), (1.0, "1"), (0.25, "0.25"), (0.0, "0")]
)
def test_a_mass_is_as_exact_as_it_needs(value: float, text: str) -> None:
    assert figures.mass(value) == text


@pytest.mark.parametrize(
    ("value", "exact", "rounded"),
    [
        (5, f"5{NBSP}min", f"5{NBSP}min"),
        (60, f"1{NBSP}h", f"1{NBSP}hour"),
        (220, f"3{NBSP}h{NBSP}40{NBSP}min", f"4{NBSP}hours"),
        (4_800, f"80{NBSP}h", f"10{NBSP}working days"),
    ],
)
def test_work_is_told_in_hours(value: int, exact: str, rounded: str) -> None:
    assert figures.minutes(value) == exact
    assert figures.work(value) == rounded


@pytest.mark.parametrize(
    ("since", "text"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=12), f"12{NBSP}min ago"),
        (timedelta(hours=3), f"3{NBSP}h ago"),
        (timedelta(days=1, hours=1), f"1{NBSP}day ago"),
        (timedelta(days=5), f"5{NBSP}days ago"),
    ],
)
def test_times_are_told_from_now(since: timedelta, text: str) -> None:
    assert figures.ago(timezone.now() - since) == text


def test_long_ago_is_a_date() -> None:
    then = timezone.now() - timedelta(days=400)
    assert figures.ago(then) == f"{then:%-d %b %Y}"
    assert figures.ago(None) == "never"


@pytest.mark.parametrize(
    ("count", "noun", "text"),
    [
        (1, "finding", f"1{NBSP}finding"),
        (2_950, "finding", f"2,950{NBSP}findings"),
        (2, "repository", f"2{NBSP}repositories"),
        (0, "day", f"0{NBSP}days"),
        (3, "more fix", f"3{NBSP}more fixes"),
    ],
)
def test_nouns_agree_with_their_counts(count: int, noun: str, text: str) -> None:
    assert figures.nth(count, noun) == text


def test_a_chip_carries_its_letter_and_is_hollow_where_partial() -> None:
    assert figures.chip(91.0) == '<span class="chip g-a">A</span>'
    assert figures.chip(59.0, "big", True) == '<span class="chip g-f big hollow">F</span>'
    assert figures.chip(None) == f'<span class="chip g-n">{DASH}</span>'


def test_only_changes_beyond_noise_take_colour() -> None:
    assert figures.delta(0.4) == '<span class="delta">+0.4</span>'
    assert figures.delta(0.5) == '<span class="delta up">+0.5</span>'
    assert figures.delta(-2.0) == f'<span class="delta down">{MINUS}2.0</span>'
    assert figures.delta(-9.0, 999) == f'<span class="delta">{MINUS}9.0</span>'
    assert figures.delta(None) == f'<span class="delta">{DASH}</span>'
    assert figures.effect(-0.04) == f'<span class="delta down">{MINUS}0.04</span>'


def test_paths_break_after_slashes_and_are_escaped() -> None:
    shown = figures.breakable("a/<b>\u202e/c.py")
    assert isinstance(shown, SafeString)
    assert shown == "a/<wbr>&lt;b&gt;[U+202E]/<wbr>c.py"


def test_prose_has_code_between_backticks_and_escapes_the_rest() -> None:
    assert prose.ticked("`a<b` & c") == "<code>a&lt;b</code> &amp; c"
    assert prose.ticked("one ` alone") == "one ` alone"


def test_a_message_is_cut_after_its_first_clause_outside_of_code() -> None:
    assert (
        prose.clause("`f: g` has 68 lines, limit 50; split it.") == "`f: g` has 68 lines, limit 50"
    )
    assert prose.clause("Bare `except:` around `int`.") == "Bare `except:` around `int`"
    assert prose.clause("No mark: at v1.2") == "No mark"
    assert prose.clause("no mark at v1.2") == "no mark at v1.2"
    assert prose.clause("one ` alone: here") == "one ` alone: here"
    assert prose.paragraphs("one\n\n`two`") == "<p>one</p><p><code>two</code></p>"
