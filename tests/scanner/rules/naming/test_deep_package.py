"""NM05 deep-package."""

from __future__ import annotations

from tests.scanner.rules.harness import check_tree


def nested(*folders: str) -> dict[str, str]:
    """A package in each of these folders, the next inside the one before."""
    return {"/".join((*folders[:depth], "__init__.py")): "" for depth in range(1, len(folders) + 1)}


def test_the_fifth_level_is_found() -> None:
    files = {**nested("a", "b", "c", "d"), "a/b/c/d/e/__init__.py": "x = 1  # offends 1"}
    (finding,) = check_tree("NM05", files)
    assert finding.message.startswith("The package `e` is the 5th level of packages, limit 4")


def test_four_levels_are_fine_and_folders_without_init_do_not_count() -> None:
    check_tree("NM05", nested("a", "b", "c", "d"))
    check_tree("NM05", {f"src/x/y/z/{path}": "" for path in nested("a", "b", "c", "d")})


def test_folders_that_django_demands_do_not_count() -> None:
    check_tree("NM05", nested("a", "b", "c", "management", "commands"))
    files = {**nested("a", "b", "management", "c", "d"), "a/b/management/c/d/e/__init__.py": ""}
    marked = files | {"a/b/management/c/d/e/__init__.py": "x = 1  # offends"}
    check_tree("NM05", marked)
