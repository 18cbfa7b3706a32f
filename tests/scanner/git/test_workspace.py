"""The folder of one fetch: locked when it is seen, gone afterwards, swept when its owner died."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scanner.domain.errors import UserError
from scanner.git.workspace import check_free_space, folder_bytes, workspace


@contextmanager
def abandoned(parent: Path) -> Iterator[Path]:
    """A folder as a killed process leaves it: with a lock file that nobody holds."""
    folder = parent / "incoming-dead"
    folder.mkdir(parents=True)
    (folder / "alive").touch()
    (folder / "pack").write_bytes(b"x" * 10)
    yield folder


def test_it_is_there_and_then_gone(tmp_path: Path) -> None:
    with workspace(tmp_path / "kept") as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert [path.name for path in folder.iterdir()] == ["alive"]
    assert list((tmp_path / "kept").iterdir()) == []


def test_it_goes_when_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), workspace(tmp_path):
        raise RuntimeError("the fetch broke off")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_dead_process_is_swept(tmp_path: Path) -> None:
    with abandoned(tmp_path) as dead, workspace(tmp_path):
        assert not dead.exists()


def test_the_folder_of_a_living_one_stays(tmp_path: Path) -> None:
    with workspace(tmp_path) as first, workspace(tmp_path) as second:
        assert first.exists()
        assert second.exists()


def test_a_lock_is_held_from_the_moment_it_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    rename = Path.rename

    def look(self: Path, target: Path) -> Path:
        with self.open("rb") as lock:
            with pytest.raises(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            seen.append(target.exists())
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", look)
    with workspace(tmp_path):
        assert seen == [False]


def test_a_folder_without_a_lock_is_left_alone_while_it_is_new(tmp_path: Path) -> None:
    fresh, old = tmp_path / "incoming-fresh", tmp_path / "incoming-old"
    fresh.mkdir()
    old.mkdir()
    os.utime(old, (0, 0))
    with workspace(tmp_path):
        assert fresh.exists()
        assert not old.exists()


def test_bytes_are_counted_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "one").write_bytes(b"123")
    (tmp_path / "a" / "b" / "two").write_bytes(b"4567")
    assert folder_bytes(tmp_path) == 7


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    check_free_space(tmp_path, 1)
    with pytest.raises(UserError) as told:
        check_free_space(tmp_path, 1 << 60)
    assert told.value.code == "git.disk-full"
