"""What one repository may take, and what must hold when it wants more."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from scanner.domain.errors import UserError
from scanner.domain.revisions import DeployKey, Origin, Token
from scanner.git.command import executable
from tests.scanner.git.conftest import Shop, silent
from tests.services.git_http import GitHttpServer
from tests.services.git_ssh import GitSshServer
from tests.services.processes import await_value
from tests.services.repositories import git

SECRET = "a-very-secret-token-0123456789"


def _processes(word: str) -> list[str]:
    """The command lines of this machine that hold a word."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:  # it ended meanwhile
            continue
        if word in line:
            found.append(line)
    return found


def test_a_repository_over_the_size_limit(http_shop: Shop, git_http: GitHttpServer) -> None:
    url = git_http.url("open", http_shop.name)
    http_shop.refresh(url)
    http_shop.commit({"large.bin": os.urandom(400_000)})
    http_shop.limit(mirror_bytes=200_000)
    assert http_shop.failure(url).code == "git.too-large"
    assert http_shop.mirror.revision("HEAD").commit == http_shop.first


def test_a_mirror_that_grew_over_time_is_built_anew(
    http_shop: Shop, git_http: GitHttpServer
) -> None:
    url = git_http.url("open", http_shop.name)
    http_shop.commit({"large.bin": os.urandom(150_000)})
    http_shop.refresh(url)
    http_shop.builder.branch("main", http_shop.first)
    last = http_shop.commit({"large.bin": os.urandom(150_000)})
    http_shop.limit(mirror_bytes=200_000)
    assert http_shop.refresh(url).commit == last
    size = sum(path.stat().st_size for path in http_shop.folder.rglob("*.pack"))
    assert size < 200_000


def test_a_full_disk_is_told_before_anything_is_fetched(
    http_shop: Shop, git_http: GitHttpServer
) -> None:
    git_http.requests.clear()
    http_shop.limit(free_disk_bytes=1 << 60)
    failed = http_shop.failure(git_http.url("open", http_shop.name))
    assert failed.code == "git.disk-full"
    assert git_http.requests == []


def test_a_commit_with_too_many_files(http_shop: Shop, git_http: GitHttpServer) -> None:
    url = git_http.url("open", http_shop.name)
    http_shop.limit(tree_files=1)
    commit = http_shop.refresh(url).commit
    with pytest.raises(UserError) as failed:
        http_shop.mirror.tree(commit)
    assert failed.value.code == "git.too-many-files"


def test_the_wall_clock_ends_git_and_all_its_children(
    http_shop: Shop, git_http: GitHttpServer
) -> None:
    http_shop.limit(fetch_seconds=1, low_speed_seconds=600)
    url = git_http.url("mute", http_shop.name)
    assert http_shop.failure(url).code == "git.timed-out"
    assert _processes(url) == []


def test_a_damaged_mirror_is_built_anew(http_shop: Shop, git_http: GitHttpServer) -> None:
    url = git_http.url("open", http_shop.name)
    http_shop.refresh(url)
    for pack in (http_shop.folder / "mirror.git/objects/pack").iterdir():
        pack.unlink()
    newer = http_shop.commit({"c.py": ""})
    assert http_shop.refresh(url).commit == newer
    assert len(http_shop.mirror.tree(newer).entries) == 3


def test_what_a_killed_worker_left_is_swept(http_shop: Shop, git_http: GitHttpServer) -> None:
    left = http_shop.folder / "incoming-dead"
    left.mkdir(parents=True)
    (left / "alive").touch()
    (left / "key").write_text("secret")
    http_shop.refresh(git_http.url("open", http_shop.name))
    assert [path.name for path in http_shop.folder.iterdir()] == ["mirror.git"]


def test_two_workers_may_fetch_at_the_same_time(http_shop: Shop, git_http: GitHttpServer) -> None:
    url = git_http.url("open", http_shop.name)
    http_shop.refresh(url)
    newer = http_shop.commit({"c.py": ""})
    commits: list[str] = []
    workers = [
        threading.Thread(target=lambda: commits.append(http_shop.refresh(url).commit))
        for _ in range(8)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert commits == [newer] * 8
    assert [path.name for path in http_shop.folder.iterdir()] == ["mirror.git"]


def test_a_listener_that_raises_ends_the_fetch(http_shop: Shop, git_http: GitHttpServer) -> None:
    def lose_the_lease(phase: str, done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    url = git_http.url("open", http_shop.name)
    with pytest.raises(KeyboardInterrupt):
        http_shop.mirror.refresh(Origin(url), lose_the_lease)
    assert list(http_shop.folder.iterdir()) == []
    assert _processes(url) == []


def test_a_token_is_in_no_argument_and_no_file(http_shop: Shop, git_http: GitHttpServer) -> None:
    http_shop.limit(low_speed_seconds=600)
    url = git_http.url("mute", http_shop.name)
    git_http.requests.clear()
    failures: list[UserError] = []

    def fetch() -> None:
        try:
            http_shop.mirror.refresh(Origin(url, credential=Token(SECRET)), silent)
        except UserError as error:
            failures.append(error)

    http_shop.limit(fetch_seconds=3)
    worker = threading.Thread(target=fetch)
    worker.start()
    sent = await_value(lambda: [each for _, each in git_http.requests], what="git to ask")
    lines = _processes(url)
    files = [path for path in http_shop.folder.rglob("*") if path.is_file()]
    texts = [path.read_bytes() for path in files]
    worker.join()
    encoded = sent[0].removeprefix("Basic ")
    assert len(encoded) > len(SECRET)
    assert any("fetch" in line for line in lines)
    assert texts
    for secret in (SECRET, encoded):
        assert not any(secret in line for line in lines)
        assert not any(secret.encode() in text for text in texts)
        assert secret not in f"{failures[0]} {failures[0].detail}"


def test_a_deploy_key_lies_in_a_closed_file_while_it_is_used(
    ssh_shop: Shop, git_ssh: GitSshServer
) -> None:
    key = DeployKey(git_ssh.private_key, git_ssh.known_hosts)
    modes: dict[str, int] = {}

    def look(phase: str, done: int, total: int) -> None:
        for path in ssh_shop.folder.rglob("*"):
            if path.is_file() and b"PRIVATE KEY" in path.read_bytes():
                modes[path.name] = path.stat().st_mode & 0o777
                modes[path.parent.name[:8]] = path.parent.stat().st_mode & 0o777

    ssh_shop.mirror.refresh(Origin(git_ssh.url(ssh_shop.name), credential=key), look)
    assert modes == {"key": 0o600, "incoming": 0o700}
    kept = [path.read_bytes() for path in ssh_shop.folder.rglob("*") if path.is_file()]
    assert not any(b"PRIVATE KEY" in text for text in kept)


def test_settings_of_the_machine_and_its_user_do_not_reach_git(
    http_shop: Shop, git_http: GitHttpServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "trap"
    hostile = tmp_path / "home"
    hostile.mkdir()
    (hostile / ".gitconfig").write_text(
        f'[url "ext::touch {trap}; :"]\n\tinsteadOf = http\n[protocol]\n\tallow = always\n'
    )
    (hostile / ".netrc").write_text("default login a password b\n")
    monkeypatch.setenv("HOME", str(hostile))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_ASKPASS", f"touch {trap}")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", f"touch {trap}")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "http.proxy")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert http_shop.refresh(git_http.url("open", http_shop.name)).commit == http_shop.first
    assert http_shop.failure(git_http.url("basic", http_shop.name)).code == "git.refused"
    assert not trap.exists()
    assert {each for path, each in git_http.requests if http_shop.name in path} == {""}


def test_a_machine_without_git_is_told_so(
    http_shop: Shop, git_http: GitHttpServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    executable.cache_clear()
    with monkeypatch.context() as patched:
        patched.setenv("PATH", str(tmp_path))
        assert http_shop.failure(git_http.url("open", http_shop.name)).code == "git.missing"
    assert http_shop.refresh(git_http.url("open", http_shop.name)).commit == http_shop.first


def test_a_tree_that_leads_outside_is_refused_on_the_way_in(
    http_shop: Shop, git_http: GitHttpServer
) -> None:
    assert http_shop.served is not None
    bare = http_shop.served
    blob = git(bare, "hash-object", "-w", "--stdin", text=b"x = 1\n").decode().strip()
    entry = b"100644 ..\0" + bytes.fromhex(blob)
    tree = git(bare, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", text=entry)
    commit = git(bare, "commit-tree", "-m", "out", tree.decode().strip()).decode().strip()
    git(bare, "update-ref", "refs/heads/main", commit)
    assert http_shop.failure(git_http.url("open", http_shop.name)).code == "git.corrupt"
