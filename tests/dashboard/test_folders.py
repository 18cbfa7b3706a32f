"""Files by folder: what is opened, what stands together, what is said of it."""

from __future__ import annotations

import pytest

from dashboard.folders import ELSEWHERE, MOST_FOLDERS, TOP, Addresses, Group, folders, grouped
from dashboard.queries.repository import FilePlace

LEAD = Addresses(
    lambda path: f"/f/{path}",
    lambda group: f"/d/{group.path}" if group.path else "",
    lambda group: f"/l/{group.glob}",
)


def place(path: str, lines: int = 100, points: float = 0.5) -> FilePlace:
    """A file."""
    return FilePlace(path, lines, 80.0, points, 1)


def names(groups: list[Group]) -> list[str]:
    """The shown names of groups."""
    return [group.name for group in groups]


def test_the_one_folder_that_holds_everything_is_opened() -> None:
    files = [
        place("src/shop/app.py", 300),
        place("src/shop/api/views.py"),
        place("src/shop/db/m.py"),
    ]
    groups = grouped(files)
    assert names(groups) == ["shop/", "api/", "db/"]
    assert [group.glob for group in groups] == ["src/shop/*", "src/shop/api/**", "src/shop/db/**"]


def test_folders_of_like_size_stay_whole() -> None:
    files = [place(f"{folder}/{sub}/m.py") for folder in "abc" for sub in "xy"]
    assert names(grouped(files)) == ["a/", "b/", "c/"]


def test_a_folder_that_holds_most_is_opened_beside_the_others() -> None:
    files = [*[place(f"core/{sub}/m.py", 500) for sub in "xyz"], place("tools/m.py")]
    assert names(grouped(files)) == ["core/x/", "core/y/", "core/z/", "tools/"]


def test_files_at_the_top_have_a_group() -> None:
    groups = grouped([place("main.py"), place("lib/a.py"), place("lib/b.py")])
    assert names(groups) == ["lib/", TOP]
    assert groups[1].glob == "*"


def test_many_small_folders_stand_together_and_no_file_is_lost() -> None:
    files = [place(f"f{rank:02}/m.py", 100 + rank) for rank in range(30)]
    groups = grouped(files)
    assert len(groups) == MOST_FOLDERS + 1
    assert groups[-1].name == ELSEWHERE
    assert sorted(file.path for group in groups for file in group.files) == [f.path for f in files]
    assert sum(group.points_lost for group in groups) == pytest.approx(15)


def test_small_files_of_a_folder_are_one_leaf_without_a_score() -> None:
    files = [place("a/big.py", 10_000), place("a/b.py", 3), place("a/c.py", 4), place("a/d.py", 0)]
    (folder,) = folders(grouped(files), LEAD)
    assert [(leaf.name, leaf.lines, leaf.score, leaf.href) for leaf in folder.leaves] == [
        ("big", 10_000, 80.0, "/f/a/big.py"),
        ("2 small", 7, None, "/d/a/"),
    ]
    assert folder.href == "/d/a/"


def test_names_are_shown_and_never_obeyed() -> None:
    (folder,) = folders(grouped([place("a\u202e/x\u202e.py")]), LEAD)
    assert folder.leaves[0].name == "x[U+202E]"
    assert folder.name == "a[U+202E]/"


def test_a_folder_is_grouped_from_inside() -> None:
    files = [place(f"src/shop/{rest}") for rest in ("app.py", "api/a.py", "api/b.py", "db/m.py")]
    groups = grouped(files, "src/shop/")
    assert names(groups) == ["api/", "shop/", "db/"]
    assert {group.path for group in groups} == {"src/shop/", "src/shop/api/", "src/shop/db/"}


def test_small_folders_inside_a_folder_lead_to_its_files() -> None:
    files = [place(f"a/f{rank:02}/m.py", 100 + rank) for rank in range(30)]
    assert grouped(files, "a/")[-1].glob == "a/**"
