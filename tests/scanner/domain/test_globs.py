"""Paths against globs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.domain.globs import matches, matches_any


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("docs/a.py", "docs"),
        ("docs/a.py", "docs/"),
        ("docs/a.py", "docs/**"),
        ("docs/a/b.py", "docs/*"),
        ("a/b/c.py", "**/*.py"),
        ("c.py", "**/*.py"),
        ("a/b/c.py", "a/*/c.py"),
        ("a/b/x/c.py", "a/**/c.py"),
        ("a/c.py", "a/**/c.py"),
        ("a/b/c.py", "**/b"),
        ("a/b/c.py", "**"),
        ("a/b/c.py", "**/**/c.py"),
        ("ab.py", "a?.py"),
        ("a[1].py", "a[1].py"),
        ("src/app/domain/x.py", "src/*/domain/**"),
        ("aXbXc", "a*b*c"),
        ("a.py", "./a.py"),
    ],
)
def test_a_glob_matches(path: str, pattern: str) -> None:
    assert matches(path, pattern)


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("docs", "docs/**"),
        ("a/b/c.py", "*.py"),
        ("a/b/x/c.py", "a/*/c.py"),
        ("a.py", ""),
        ("a.py", "/"),
        ("documents/a.py", "docs"),
        ("a/docs/b.py", "docs"),
        ("a1.py", "a[1].py"),
        ("abc", "a*b"),
        ("a/b", "a*b"),
    ],
)
def test_a_glob_does_not_match(path: str, pattern: str) -> None:
    assert not matches(path, pattern)


def test_one_of_several_is_enough() -> None:
    assert matches_any("a/b.py", ["x", "a/*.py"])
    assert not matches_any("a/b.py", [])


def test_patterns_that_make_regular_expressions_explode_end() -> None:
    assert not matches("a" * 4_000, "*a" * 100 + "b")
    assert not matches("/".join("a" * 2_000), "/".join(["**/a"] * 50) + "/b")


@given(st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=5))
def test_a_path_matches_itself_and_its_folders(parts: list[str]) -> None:
    path = "/".join(parts)
    assert all(matches(path, "/".join(parts[: end + 1])) for end in range(len(parts)))
    assert matches(path, "/".join("?" * len(part) for part in parts))
    assert not matches(path, f"{path}/x")
