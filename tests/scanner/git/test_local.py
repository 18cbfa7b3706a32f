"""Repositories on this machine: read in place, with nothing of theirs ever run."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from scanner.application.configuration import Configuration
from scanner.domain.errors import UserError
from scanner.domain.revisions import Origin
from scanner.git.local import LocalRepository, open_local
from tests.scanner.git.conftest import silent
from tests.services.repositories import RepositoryBuilder, git


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    """A repository with a work tree and one commit."""
    made = RepositoryBuilder(tmp_path / "project")
    made.commit({"a.py": "a = 1\n", "notes.txt": "notes\n", ".gitignore": "ignored.py\n"})
    return made


@pytest.fixture
def local(builder: RepositoryBuilder, configuration: Configuration) -> LocalRepository:
    """The same, opened."""
    return _opened(builder.path, configuration)


def _opened(path: Path, configuration: Configuration) -> LocalRepository:
    found = open_local(path, configuration)
    assert found is not None
    return found


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file with its size and the time of its last change."""
    return {
        str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in folder.rglob("*")
    }


def test_it_reads_head_and_branches(builder: RepositoryBuilder, local: LocalRepository) -> None:
    head = builder.head()
    other = builder.commit({"b.py": ""}, branch="other", replace=True)
    assert local.refresh(Origin(str(builder.path)), silent).commit == head
    assert local.refresh(Origin(str(builder.path), "other"), silent).commit == other
    assert [entry.path for entry in local.tree(other).entries] == ["b.py"]
    assert local.blobs().read(local.tree(head).entries[1], 10) == b"a = 1\n"


def test_a_branch_that_is_gone(builder: RepositoryBuilder, local: LocalRepository) -> None:
    with pytest.raises(UserError) as failed:
        local.refresh(Origin(str(builder.path), "gone"), silent)
    assert failed.value.code == "git.branch-gone"


def test_a_repository_without_commits(tmp_path: Path, configuration: Configuration) -> None:
    RepositoryBuilder(tmp_path / "empty")
    with pytest.raises(UserError) as failed:
        _opened(tmp_path / "empty", configuration).refresh(Origin(""), silent)
    assert failed.value.code == "git.empty"


def test_a_bare_repository(builder: RepositoryBuilder, configuration: Configuration) -> None:
    bare = builder.bare_clone(builder.path.parent / "bare.git")
    local = _opened(bare, configuration)
    assert local.work_tree is None
    assert local.revision("HEAD").commit == builder.head()
    assert not local.is_dirty()


def test_a_linked_work_tree(builder: RepositoryBuilder, configuration: Configuration) -> None:
    linked = builder.path.parent / "linked"
    git(builder.path, "worktree", "add", "-q", "-b", "side", str(linked))
    local = _opened(linked, configuration)
    assert local.revision("HEAD").commit == builder.head()
    assert not local.is_dirty()
    (linked / "a.py").write_text("a = 2\n")
    assert local.is_dirty()


def test_only_the_top_folder_is_a_repository(
    builder: RepositoryBuilder, configuration: Configuration, tmp_path: Path
) -> None:
    (builder.path / "inside").mkdir()
    assert open_local(builder.path / "inside", configuration) is None
    assert open_local(tmp_path, configuration) is None
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / ".git").write_text("nothing of git's")
    assert open_local(tmp_path / "plain", configuration) is None


@pytest.mark.parametrize("target", ["/no/such/folder", ".", "\udcff"])
def test_a_git_file_that_leads_nowhere(
    tmp_path: Path, configuration: Configuration, target: str
) -> None:
    (tmp_path / ".git").write_bytes(b"gitdir: " + os.fsencode(target))
    with pytest.raises(UserError) as failed:
        open_local(tmp_path, configuration)
    assert failed.value.code == "git.unreadable"


def test_a_git_file_may_not_lead_out_of_the_roots(
    builder: RepositoryBuilder, configuration: Configuration, tmp_path: Path
) -> None:
    root = tmp_path / "root"
    (root / "sly").mkdir(parents=True)
    (root / "sly" / ".git").write_text(f"gitdir: {builder.path}/.git")
    (root / "link").mkdir()
    (root / "link" / ".git").symlink_to(builder.path / ".git")
    for name in ("sly", "link"):
        assert open_local(root / name, configuration) is not None
        with pytest.raises(UserError) as failed:
            open_local(root / name, configuration, roots=[root])
        assert failed.value.code == "git.unreadable"
    assert open_local(builder.path, configuration, roots=[tmp_path]) is not None


def test_a_repository_of_somebody_else_is_read(
    builder: RepositoryBuilder, configuration: Configuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    refused = subprocess.run(
        ["git", "-C", str(builder.path), "log"], check=False, capture_output=True
    )
    assert b"dubious ownership" in refused.stderr
    local = _opened(builder.path, configuration)
    assert local.revision("HEAD").commit == builder.head()


def test_a_clean_tree_is_not_dirty(builder: RepositoryBuilder, local: LocalRepository) -> None:
    assert not local.is_dirty()
    (builder.path / "ignored.py").write_text("")
    (builder.path / "new.txt").write_text("")
    (builder.path / ".git" / "info").mkdir(exist_ok=True)
    (builder.path / ".git" / "info" / "exclude").write_text("private.py\n")
    (builder.path / "private.py").write_text("")
    (builder.path / "a.py").touch()
    assert not local.is_dirty()


@pytest.mark.parametrize("change", ["edited", "staged", "deleted", "new module"])
def test_a_changed_tree_is_dirty(
    builder: RepositoryBuilder, local: LocalRepository, change: str
) -> None:
    if change == "new module":
        (builder.path / "new.py").write_text("")
    elif change == "deleted":
        (builder.path / "notes.txt").unlink()
    else:
        (builder.path / "a.py").write_text("a = 2\n")
    if change == "staged":
        git(builder.path, "add", "a.py")
    assert local.is_dirty()


def test_nothing_is_written(builder: RepositoryBuilder, local: LocalRepository) -> None:
    (builder.path / "a.py").touch()
    before = _state(builder.path)
    revision = local.refresh(Origin(str(builder.path)), silent)
    local.blobs().read(local.tree(revision.commit).entries[0], 10)
    local.is_dirty()
    assert _state(builder.path) == before


def test_nothing_of_a_hostile_repository_is_run(
    builder: RepositoryBuilder, local: LocalRepository, tmp_path: Path
) -> None:
    trap = tmp_path / "trap.sh"
    caught = tmp_path / "caught"
    trap.write_text(f"#!/bin/sh\necho $0 >> {caught}\ncat\n")
    trap.chmod(trap.stat().st_mode | stat.S_IXUSR)
    builder.commit({".gitattributes": "* filter=trap diff=trap\n"})
    _set_traps(builder.path, trap)
    (builder.path / "a.py").write_text("a = 3\n")
    revision = local.refresh(Origin(str(builder.path)), silent)
    tree = local.tree(revision.commit)
    local.blobs().read(tree.entries[0], 10)
    feed = local.blobs().open_feed()
    feed.ask([tree.entries[0].blob])
    assert os.read(feed.fileno(), 10)
    feed.close()
    assert local.is_dirty()
    assert not caught.exists()
    git(builder.path, "status")  # an ordinary git walks into it
    assert caught.exists()


def _set_traps(repository: Path, trap: Path) -> None:
    settings = [
        *("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass"),
        *("core.alternateRefsCommand", "core.gitProxy", "diff.external", "diff.trap.textconv"),
        *("filter.trap.clean", "filter.trap.smudge", "filter.trap.process", "gpg.program"),
        *("credential.helper", "uploadpack.packObjectsHook", "sequence.editor"),
    ]
    aliases = [f"alias.{name}" for name in ("rev-list", "ls-tree", "cat-file", "status", "x")]
    for name in (*settings, *aliases):
        value = f"!{trap}" if name.startswith(("alias", "credential")) else str(trap)
        git(repository, "config", name, value)
    git(repository, "config", "log.showSignature", "true")
    hooks = repository / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "post-checkout", "reference-transaction", "pre-auto-gc"):
        (hooks / name).symlink_to(trap)


def test_a_missing_blob_sends_nobody_online(
    builder: RepositoryBuilder, configuration: Configuration, tmp_path: Path
) -> None:
    caught = tmp_path / "caught"
    head = builder.head()
    blob = git(builder.path, "rev-parse", "HEAD:a.py").decode().strip()
    settings = {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::sh -c touch% {caught}",
        "protocol.ext.allow": "always",
        "protocol.allow": "always",
    }
    for name, value in settings.items():
        git(builder.path, "config", name, value)
    (builder.path / ".git/objects" / blob[:2] / blob[2:]).unlink()
    local = _opened(builder.path, configuration)
    entry = next(entry for entry in local.tree(head).entries if entry.path == "a.py")
    with pytest.raises(UserError) as failed:
        local.blobs().read(entry, 10)
    assert failed.value.code == "git.corrupt"
    feed = local.blobs().open_feed()
    feed.ask([blob])
    assert os.read(feed.fileno(), 100) == f"{blob} missing\n".encode()
    feed.close()
    assert not caught.exists()
    tried = ["git", "-C", str(builder.path), "cat-file", "blob", blob]
    assert subprocess.run(tried, check=False, capture_output=True).returncode != 0
    assert caught.exists()
