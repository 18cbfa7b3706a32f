"""`[tool.codevitals]` of a hostile pyproject.toml."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.domain.declared import DECLARATION_BYTES, MAX_GLOBS, read_declaration
from scanner.domain.project import ProjectConfig


def test_layers_source_roots_and_exclusions() -> None:
    config = read_declaration(
        b"""
        [project]
        name = "shop"
        [tool.codevitals]
        source_roots = ["backend/", "./lib", "."]
        exclude = ["legacy/**"]
        [tool.codevitals.layers]
        infrastructure = ["shop/db/**"]
        domain = ["shop/core/**", "shop/rules"]
        """
    )
    assert config == ProjectConfig(
        layers=(("domain", ("shop/core/**", "shop/rules")), ("infrastructure", ("shop/db/**",))),
        source_roots=("backend", "lib", ""),
        exclude=("legacy/**",),
    )


@pytest.mark.parametrize(
    "data", [b"", b"[tool.black]\nline-length = 1", b"[project]\n", b"tool = 1"]
)
def test_without_the_table_nothing_is_declared(data: bytes) -> None:
    assert read_declaration(data) == ProjectConfig()


def test_a_single_text_is_a_list_of_one() -> None:
    assert read_declaration(b'[tool.codevitals]\nexclude = "a/**"').exclude == ("a/**",)


def test_unknown_keys_are_named_and_the_rest_counts() -> None:
    config = read_declaration(
        b'[tool.codevitals]\nweight = 3\nexclude = ["a"]\n"x\\u202e\\n" = 1\n'
        b'[tool.codevitals.layers]\ncore = ["a"]\n[tool.codevitals.limits]\nfile_lines = 9000\n'
    )
    assert config.unknown_keys == ("layers.core", "limits", "weight", "x\\x202e\\x0a")
    assert config.exclude == ("a",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("tool.codevitals = 3", "[tool.codevitals] is no table"),
        ("[tool.codevitals]\nlayers = 3", "layers is no table"),
        ("[tool.codevitals]\nexclude = 3", "exclude is no list of texts"),
        ("[tool.codevitals]\nexclude = [3]", "exclude holds an entry that is no text"),
        ("[tool.codevitals.layers]\ndomain = {}", "layers.domain is no list of texts"),
        (f"[tool.codevitals]\nexclude = ['{'a' * 201}']", "exclude holds an entry that is no text"),
        (f"[tool.codevitals]\nexclude = {['a'] * (MAX_GLOBS + 1)}", "exclude has more than 100"),
        ("[tool.codevitals", "pyproject.toml is not valid TOML"),
        (f"x = {'[' * 50_000}", "pyproject.toml cannot be read"),
        (f"x = {'9' * 50_000}", "pyproject.toml cannot be read"),
        ("#" * (DECLARATION_BYTES + 1), "pyproject.toml is larger than 256 kB"),
    ],
)
def test_a_problem_is_named(text: str, problem: str) -> None:
    (found,) = read_declaration(text.encode()).problems
    assert found.startswith(problem)


def test_a_root_outside_the_tree_is_dropped() -> None:
    assert read_declaration(b'[tool.codevitals]\nsource_roots = ["../up", "a"]').source_roots == (
        "a",
    )


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    read_declaration(data)
    read_declaration(b"[tool.codevitals]\n" + data)
