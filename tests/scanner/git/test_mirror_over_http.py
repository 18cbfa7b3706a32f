"""Mirrors of repositories on real HTTP hosts, good and bad."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.domain.errors import UserError
from scanner.domain.revisions import DeployKey, Origin, Token
from scanner.git import mirror
from tests.scanner.git.conftest import Shop, silent
from tests.services.git_http import PASSWORD, TOKEN, USERNAME, GitHttpServer, Temper
from tests.services.git_ssh import GitSshServer
from tests.services.repositories import RepositoryBuilder, git


def test_it_brings_the_default_branch(http_shop: Shop, git_http: GitHttpServer) -> None:
    revision = http_shop.refresh(git_http.url("open", http_shop.name))
    assert (revision.commit, revision.subject) == (http_shop.first, "First")
    tree = http_shop.mirror.tree(revision.commit)
    assert [entry.path for entry in tree.entries] == ["b.py", "shop/a.py"]
    assert tree.revision == revision
    assert http_shop.mirror.blobs().read(tree.entries[1], 100) == b"a = 1\n"


def test_it_reports_percents_up_to_the_end(http_shop: Shop, git_http: GitHttpServer) -> None:
    heard: list[tuple[str, int, int]] = []
    origin = Origin(git_http.url("open", http_shop.name))
    http_shop.mirror.refresh(origin, lambda *report: heard.append(report))
    assert heard[0] == ("fetch", 0, 0)
    assert heard[-1] == ("fetch", 100, 100)
    assert [done for _, done, _ in heard] == sorted(done for _, done, _ in heard)


def test_a_second_fetch_brings_only_what_is_new(http_shop: Shop, git_http: GitHttpServer) -> None:
    url = git_http.url("open", http_shop.name)
    http_shop.refresh(url)
    newer = http_shop.commit({"c.py": "c = 3\n"})
    assert http_shop.refresh(url).commit == newer
    assert len(http_shop.mirror.tree(newer).entries) == 3
    assert len(http_shop.mirror.tree(http_shop.first).entries) == 2
    packs = (http_shop.folder / "mirror.git/objects/pack").glob("*.pack")
    counts = [len(git(Path("/"), "verify-pack", "-v", str(p)).splitlines()) for p in packs]
    assert len(counts) == 2


def test_a_fetch_without_news_adds_nothing(http_shop: Shop, git_http: GitHttpServer) -> None:
    url = git_http.url("open", http_shop.name)
    http_shop.refresh(url)
    before = sorted((http_shop.folder / "mirror.git/objects").rglob("*"))
    assert http_shop.refresh(url).commit == http_shop.first
    assert sorted((http_shop.folder / "mirror.git/objects").rglob("*")) == before


def test_it_brings_one_ref_and_no_tags(http_shop: Shop, git_http: GitHttpServer) -> None:
    http_shop.builder.tag("v1")
    http_shop.builder.commit({"d.py": ""}, branch="other")
    http_shop.push()
    http_shop.refresh(git_http.url("open", http_shop.name))
    refs = git(http_shop.folder / "mirror.git", "for-each-ref", "--format=%(refname)")
    assert refs.decode().split() == ["refs/codevitals/tip"]


def test_it_brings_the_named_branch(http_shop: Shop, git_http: GitHttpServer) -> None:
    other = http_shop.builder.commit({"d.py": ""}, branch="release/1.x", replace=True)
    http_shop.push()
    url = git_http.url("open", http_shop.name)
    assert http_shop.refresh(url, branch="release/1.x").commit == other
    assert http_shop.refresh(url).commit == http_shop.first


def test_it_follows_a_default_branch_that_moves(http_shop: Shop, git_http: GitHttpServer) -> None:
    url = git_http.url("open", http_shop.name)
    http_shop.refresh(url)
    trunk = http_shop.commit({"d.py": ""})
    assert http_shop.served is not None
    git(http_shop.served, "branch", "-m", "main", "trunk")
    assert http_shop.refresh(url).commit == trunk


@pytest.mark.parametrize("name", ["v1", "other"])
def test_it_brings_any_ref_on_request(http_shop: Shop, git_http: GitHttpServer, name: str) -> None:
    http_shop.builder.tag("v1")
    http_shop.builder.branch("other")
    http_shop.commit({"d.py": ""})
    origin = Origin(git_http.url("open", http_shop.name))
    assert http_shop.mirror.refresh_ref(origin, name, silent).commit == http_shop.first


def test_it_brings_any_commit_on_request(http_shop: Shop, git_http: GitHttpServer) -> None:
    http_shop.commit({"d.py": ""})
    origin = Origin(git_http.url("open", http_shop.name))
    found = http_shop.mirror.refresh_ref(origin, http_shop.first, silent)
    assert found.commit == http_shop.first
    with pytest.raises(UserError) as failed:
        http_shop.mirror.refresh_ref(origin, "v9", silent)
    assert failed.value.code == "git.no-commit"


def test_a_force_push_is_followed_and_the_past_is_kept(
    http_shop: Shop, git_http: GitHttpServer
) -> None:
    url = git_http.url("open", http_shop.name)
    old = http_shop.commit({"c.py": "old\n"})
    http_shop.refresh(url)
    http_shop.builder.branch("main", http_shop.first)
    new = http_shop.commit({"c.py": "new\n"}, "Rewritten")
    assert http_shop.refresh(url).commit == new
    assert len(http_shop.mirror.tree(old).entries) == 3


def test_many_fetches_leave_few_packs(
    http_shop: Shop, git_http: GitHttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirror, "MANY_PACKS", 3)
    url = git_http.url("open", http_shop.name)
    lost = http_shop.commit({"lost.py": "lost\n"})
    http_shop.refresh(url)
    http_shop.builder.branch("main", http_shop.first)
    for number in range(3):
        last = http_shop.commit({"c.py": f"c = {number}\n"})
        http_shop.refresh(url)
    packs = list((http_shop.folder / "mirror.git/objects/pack").glob("*.pack"))
    assert len(packs) < 3
    assert len(http_shop.mirror.tree(last).entries) == 3
    assert len(http_shop.mirror.tree(lost).entries) == 3


def test_a_user_name_and_a_password_let_in(http_shop: Shop, git_http: GitHttpServer) -> None:
    url = git_http.url("basic", http_shop.name)
    assert http_shop.refresh(url, Token(PASSWORD, USERNAME)).commit == http_shop.first


def test_a_token_lets_in(http_shop: Shop, git_http: GitHttpServer) -> None:
    url = git_http.url("token", http_shop.name)
    assert http_shop.refresh(url, Token(TOKEN)).commit == http_shop.first


def test_a_wrong_token_is_told_from_a_missing_one(http_shop: Shop, git_http: GitHttpServer) -> None:
    url = git_http.url("token", http_shop.name)
    assert http_shop.failure(url, Token("wrong-secret")).code == "git.credential-refused"
    assert http_shop.failure(url).code == "git.refused"


@pytest.mark.parametrize(
    ("temper", "code"),
    [
        ("denied", "git.refused"),
        ("forbidden", "git.refused"),
        ("broken", "git.host-failed"),
        ("mute", "git.timed-out"),
        ("dripping", "git.timed-out"),
        ("truncated", "git.broke-off"),
    ],
)
def test_a_bad_host_ends_with_its_cause_and_the_mirror_stays(
    http_shop: Shop, git_http: GitHttpServer, temper: Temper, code: str
) -> None:
    http_shop.limit(low_speed_seconds=1)
    http_shop.refresh(git_http.url("open", http_shop.name))
    http_shop.commit({"c.py": "c = 3\n"})
    failed = http_shop.failure(git_http.url(temper, http_shop.name))
    assert failed.code == code
    assert failed.message
    assert failed.next_step
    assert failed.detail.isprintable()
    assert http_shop.mirror.revision("HEAD").commit == http_shop.first
    assert len(http_shop.mirror.tree(http_shop.first).entries) == 2


def test_a_first_fetch_that_fails_leaves_no_mirror(
    http_shop: Shop, git_http: GitHttpServer
) -> None:
    http_shop.failure(git_http.url("truncated", http_shop.name))
    assert list(http_shop.folder.iterdir()) == []


def test_a_missing_repository(http_shop: Shop, git_http: GitHttpServer) -> None:
    assert http_shop.failure(git_http.url("open", "nothing-here")).code == "git.not-found"


def test_a_redirect_is_not_followed_and_its_target_is_named(
    http_shop: Shop, git_http: GitHttpServer
) -> None:
    url, target = git_http.url("moved", http_shop.name), git_http.url("open", http_shop.name)
    git_http.requests.clear()
    failed = http_shop.failure(url, Token("secret-token"))
    assert failed.code == "git.redirected"
    assert target in failed.next_step
    assert not [path for path, _ in git_http.requests if path.startswith("/open/")]
    assert git_http.requests[0][1].startswith("Basic ")
    assert git_http.requests[-1][1] == ""


def test_an_empty_repository(tmp_path: Path, http_shop: Shop, git_http: GitHttpServer) -> None:
    git_http.publish(RepositoryBuilder(tmp_path / "empty"), "empty")
    url = git_http.url("open", "empty")
    assert http_shop.failure(url).code == "git.empty"
    assert http_shop.failure(url, branch="main").code == "git.empty"


def test_a_default_branch_that_does_not_exist(http_shop: Shop, git_http: GitHttpServer) -> None:
    assert http_shop.served is not None
    git(http_shop.served, "symbolic-ref", "HEAD", "refs/heads/unborn")
    assert http_shop.failure(git_http.url("open", http_shop.name)).code == "git.no-default"


def test_a_branch_that_is_gone(http_shop: Shop, git_http: GitHttpServer) -> None:
    url = git_http.url("open", http_shop.name)
    http_shop.builder.branch("short-lived")
    http_shop.push()
    http_shop.refresh(url, branch="short-lived")
    git(http_shop.builder.path, "branch", "-D", "short-lived")
    http_shop.builder.tag("short-lived")  # a tag of the same name is no branch
    http_shop.push()
    assert http_shop.failure(url, branch="short-lived").code == "git.branch-gone"
    assert http_shop.mirror.revision("HEAD").commit == http_shop.first


def test_a_hostile_branch_never_reaches_git(http_shop: Shop, git_http: GitHttpServer) -> None:
    url = git_http.url("open", http_shop.name)
    for branch in ("--upload-pack=id", "main:refs/heads/x", "*"):
        assert http_shop.failure(url, branch=branch).code == "branch.name"


def test_a_host_that_speaks_no_git(http_shop: Shop, git_http: GitHttpServer) -> None:
    url = f"https://127.0.0.1:{git_http.port}/open/{http_shop.name}.git"
    assert http_shop.failure(url).code == "git.unreachable"


def test_a_deploy_key_does_not_fit_http(
    http_shop: Shop, git_http: GitHttpServer, git_ssh: GitSshServer
) -> None:
    key = DeployKey(git_ssh.private_key, git_ssh.known_hosts)
    url = git_http.url("open", http_shop.name)
    assert http_shop.failure(url, key).code == "git.token-needed"


def test_a_repository_of_sha256_is_brought_too(
    tmp_path: Path, http_shop: Shop, git_http: GitHttpServer
) -> None:
    bare = git_http.root / "sha256.git"
    git(tmp_path, "init", "-q", "--bare", "--object-format=sha256", "--template=", str(bare))
    tree = git(bare, "hash-object", "-t", "tree", "-w", "--stdin").decode().strip()
    for message in ("one", "two"):
        commit = git(bare, "commit-tree", "-m", message, tree).decode().strip()
        head = git(bare, "symbolic-ref", "HEAD").decode().strip()
        git(bare, "update-ref", head, commit)
        assert http_shop.refresh(git_http.url("open", "sha256")).commit == commit
    assert len(commit) == 64


def test_old_flaws_of_authors_are_taken(
    tmp_path: Path, http_shop: Shop, git_http: GitHttpServer
) -> None:
    bare = git_http.root / "flawed.git"
    git(tmp_path, "init", "-q", "--bare", "--template=", str(bare))
    tree = git(bare, "hash-object", "-t", "tree", "-w", "--stdin").decode().strip()
    text = f"tree {tree}\nauthor <> 1 +051800\ncommitter A <a@b 2 +0\n\nold\n".encode()
    commit = git(bare, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", text=text)
    head = git(bare, "symbolic-ref", "HEAD").decode().strip()
    (bare / head).parent.mkdir(parents=True, exist_ok=True)
    (bare / head).write_bytes(commit)
    revision = http_shop.refresh(git_http.url("open", "flawed"))
    assert (revision.commit, revision.subject) == (commit.decode().strip(), "old")
