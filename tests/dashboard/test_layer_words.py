"""What the page of layers says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.layer_words import cause, declaration, sentence, trial, why_unknown
from dashboard.queries.access import Frame
from dashboard.queries.layers import LayersPage
from scanner.domain.architecture import Architecture, LayerFolder, Parts, Suggestion
from scanner.domain.declared import LAYERS, read_declaration

FRAME = Frame(
    id=1, team="Shop", team_slug="shop", name="orders", slug="orders", branch="", commit="c" * 40,
    scanned_at=None, open_findings=0, role="viewer",
)  # fmt: skip
KNOWN = Architecture(modules=10, layered=8)


def page(picture: Architecture | None, frame: Frame = FRAME) -> LayersPage:
    """A page with this picture."""
    return LayersPage(frame, picture, 90.0, 1.0, partial=False, charged={})


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (None, "Layers are drawn with the next scan."),
        (Architecture(modules=10), "No layers are known here."),
        (KNOWN, "Every import between layers points inwards."),
        (replace(KNOWN, breach_total=1), "One import breaks the layers."),
        (replace(KNOWN, breach_total=1200), "1,200 imports break the layers."),
    ],
)
def test_it_opens_with_a_verdict(picture: Architecture | None, said: str) -> None:
    assert sentence(page(picture)) == said


def test_before_the_first_scan_it_waits() -> None:
    assert "first scan" in sentence(page(None, replace(FRAME, commit="")))


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (KNOWN, "Recognised by their folders. 2 of 10 modules stand in none"),
        (replace(KNOWN, layered=9), "1 of 10 module stands in none"),
        (replace(KNOWN, layered=10, is_declared=True), "pyproject.toml; every module stands in"),
        (Architecture(modules=10), "are not judged; circles are."),
    ],
)
def test_it_says_how_layers_came_to_be_known(picture: Architecture, said: str) -> None:
    assert said in cause(picture)


def test_it_says_why_they_are_not() -> None:
    django = replace(KNOWN, parts=Parts("app"), services=("api.py",))
    named = replace(KNOWN, named=(LayerFolder("presentation", "a", "a/\u202eapi", 2),))

    assert "Django project" in next(why_unknown(django))
    assert "made in api.py" in next(why_unknown(replace(KNOWN, services=("api.py",))))
    assert list(why_unknown(named))[-1].endswith("`a/[U+202E]api` (presentation).")
    assert len(list(why_unknown(KNOWN))) == 1


@pytest.mark.parametrize(
    "suggestion",
    [
        None,
        Suggestion((("domain", ("a/b/**",)), ("presentation", ("a/c/**", 'd "\\e/**'))), 9, 2),
    ],
)
def test_the_declaration_can_be_read(suggestion: Suggestion | None) -> None:
    declared = read_declaration(declaration(suggestion).encode())

    assert (declared.problems, declared.unknown_keys) == ((), ())
    if suggestion is None:
        assert {layer for layer, _ in declared.layers} == set(LAYERS) - {"shared"}
    else:
        assert declared.layers == suggestion.layers


def test_the_trial_tells_what_would_point_outwards() -> None:
    assert "2 of 1,900 imports" in trial(Suggestion((("domain", ("a/**",)),), 1900, 2))
    assert "an example only" in trial(None)
