"""What keeps a supervisor from starting: each is one plain sentence."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from dashboard.supervisor import checks
from scanner.domain.errors import UserError

Usage = namedtuple("Usage", "total used free")


def _sentence(error: pytest.ExceptionInfo[UserError]) -> str:
    text = str(error.value)
    assert "\n" not in text
    assert text.endswith(".")
    return text


def test_git_is_there() -> None:
    checks.check_git()


def test_a_missing_git_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError) as error:
        checks.check_git()
    assert "needs git, which does not run here: install it" in _sentence(error)


def test_an_old_git_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    old = tmp_path / "git"
    old.write_text("#!/bin/sh\necho git version 2.17.1\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError) as error:
        checks.check_git()
    assert _sentence(error) == "Codevitals needs git 2.31 or newer, but this is 2.17."


def test_a_data_directory_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    checks.check_data_dir(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_data_directory_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError) as error:
        checks.check_data_dir(tmp_path / "file" / "data")
    assert f"The data directory {tmp_path}/file/data cannot be written" in _sentence(error)


def test_too_little_space_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1 << 40, 1 << 40, 1 << 20))
    with pytest.raises(UserError) as error:
        checks.check_data_dir(tmp_path)
    assert f"The disk of {tmp_path} is full: free at least 256 MB" in _sentence(error)


def test_a_write_that_finds_no_space_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(_: object) -> Usage:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "disk_usage", full)
    with pytest.raises(UserError) as error:
        checks.check_data_dir(tmp_path)
    assert "is full" in _sentence(error)


def test_a_free_port_is_taken_as_it_is() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    checks.check_bind(f"127.0.0.1:{port}")


def test_a_taken_port_is_named_with_another() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UserError) as error:
            checks.check_bind(f"127.0.0.1:{port}")
    assert _sentence(error) == (
        f"Port {port} of 127.0.0.1 is taken by another program: choose another,"
        f" for example CODEVITALS_BIND=127.0.0.1:{port % 65535 + 1}."
    )


def test_a_foreign_address_is_named() -> None:
    with pytest.raises(UserError) as error:
        checks.check_bind("192.0.2.1:8000")
    assert "192.0.2.1 is no address of this machine" in _sentence(error)


def test_there_is_one_supervisor_a_folder(tmp_path: Path) -> None:
    held = checks.only_supervisor(tmp_path)
    with pytest.raises(UserError) as error:
        checks.only_supervisor(tmp_path)
    assert f"Codevitals already runs on {tmp_path}" in _sentence(error)
    os.close(held)
    os.close(checks.only_supervisor(tmp_path))


def test_the_redis_of_a_killed_supervisor_is_waited_for(tmp_path: Path) -> None:
    held = checks.only_redis(tmp_path)
    code = "import sys; sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, pass_fds=(held,)
    ) as heir:
        os.close(held)
        assert checks._lock(tmp_path / "redis.lock", 0.0) is None
        assert heir.stdin is not None
        heir.stdin.close()
        os.close(checks.only_redis(tmp_path))
