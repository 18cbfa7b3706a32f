"""Folders of this machine: only under the roots, with symlinks followed first."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.domain.errors import UserError
from scanner.git.local_path import check_local_path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root with one project."""
    (tmp_path / "root" / "project").mkdir(parents=True)
    return tmp_path / "root"


def _code(text: str, roots: list[Path]) -> str:
    with pytest.raises(UserError) as refused:
        check_local_path(text, roots)
    return refused.value.code


def test_it_takes_a_folder_under_a_root(root: Path) -> None:
    assert check_local_path(f"{root}/project", [root]) == root / "project"
    assert check_local_path(str(root), [root]) == root


def test_it_follows_a_symlink_that_stays_inside(root: Path) -> None:
    (root / "link").symlink_to(root / "project")
    assert check_local_path(f"{root}/link", [root]) == root / "project"


def test_a_root_may_be_a_symlink(root: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(root)
    assert check_local_path(f"{root}/project", [tmp_path / "alias"]) == root / "project"


def test_without_roots_nothing_is_taken(root: Path) -> None:
    assert _code(str(root), []) == "address.local-off"


@pytest.mark.parametrize("text", ["project", "./project", "", "~/project", "/a\x00b", "/a\nb"])
def test_it_refuses_what_is_not_absolute_and_visible(root: Path, text: str) -> None:
    assert _code(text, [root]) == "address.local-relative"


def test_it_refuses_a_symlink_that_leads_out(root: Path, tmp_path: Path) -> None:
    (root / "out").symlink_to(tmp_path)
    assert _code(f"{root}/out", [root]) == "address.local-outside"


def test_it_refuses_dots_that_lead_out(root: Path) -> None:
    assert _code(f"{root}/project/../..", [root]) == "address.local-outside"


def test_it_does_not_tell_what_lies_outside(root: Path) -> None:
    assert _code("/etc", [root]) == _code("/no-such-folder", [root]) == "address.local-outside"


def test_a_sibling_with_the_same_beginning_is_outside(root: Path) -> None:
    (root.parent / "root-2").mkdir()
    assert _code(f"{root}-2", [root]) == "address.local-outside"


def test_it_refuses_what_is_no_folder(root: Path) -> None:
    (root / "file").write_text("")
    assert _code(f"{root}/file", [root]) == "address.local-missing"
    assert _code(f"{root}/nothing", [root]) == "address.local-missing"


def test_it_refuses_a_loop_of_symlinks(root: Path) -> None:
    (root / "loop").symlink_to(root / "loop")
    assert _code(f"{root}/loop", [root]) == "address.local-missing"


def test_a_root_that_is_gone_holds_nothing(root: Path) -> None:
    assert _code(str(root), [root / "gone"]) == "address.local-outside"
