"""Small git repositories made by code, always the same for the same calls.

Each commit is one `git fast-import`, so a hundred of them take about a second. Shas do not change
from run to run: times, names and messages are given or counted, never taken from the clock.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

AUTHOR = "Test Author <author@example.org>"
FIRST_COMMIT = datetime(2024, 1, 1, 12, 0, tzinfo=UTC)

Content = str | bytes | None
"""Text or bytes of a file; None deletes it."""

_ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "HOME": os.devnull,
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_AUTHOR_NAME": "Test Author",
    "GIT_AUTHOR_EMAIL": "author@example.org",
    "GIT_AUTHOR_DATE": "2024-01-01T12:00:00Z",
    "GIT_COMMITTER_NAME": "Test Author",
    "GIT_COMMITTER_EMAIL": "author@example.org",
    "GIT_COMMITTER_DATE": "2024-01-01T12:00:00Z",
}


def git(folder: Path, *arguments: str, text: bytes = b"") -> bytes:
    """Run git in a folder, with nobody's settings, and return what it printed.

    Raises CalledProcessError, with git's words in `stderr`, when it fails.
    """
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=_ENVIRONMENT,
        input=text,
        capture_output=True,
        check=True,
    )
    return done.stdout


class RepositoryBuilder:
    """A repository at `path`, with a work tree unless `bare`.

    The work tree follows every commit on the branch that HEAD names. Paths that are no UTF-8 are
    given as `os.fsdecode` gives them; what no file system can hold belongs in a bare repository.
    """

    def __init__(self, path: Path, *, bare: bool = False, branch: str = "main") -> None:
        self.path = path
        self.bare = bare
        self._head = branch
        self._commits = 0
        path.mkdir(parents=True, exist_ok=True)
        options = ["--bare"] if bare else []
        git(path, "init", "-q", *options, f"--initial-branch={branch}", "--template=")

    def commit(
        self,
        files: Mapping[str, Content],
        message: str = "Change",
        *,
        when: datetime | None = None,
        author: str = AUTHOR,
        branch: str = "",
        parents: Sequence[str] = (),
        links: Mapping[str, str] | None = None,
        submodules: Mapping[str, str] | None = None,
        replace: bool = False,
    ) -> str:
        """Commit a change on a branch (HEAD's by default) and return its sha.

        `when` defaults to an hour after the commit before. `parents` other than the branch's tip
        make a side line, or a merge that holds the first parent's files. `links` maps symlinks to
        targets, `submodules` maps paths to shas. With `replace` the tree holds nothing but what
        is given.
        """
        branch = branch or self._head
        when = when or FIRST_COMMIT + timedelta(hours=self._commits)
        self._commits += 1
        seconds = int(when.timestamp())
        first, *others = parents or self._tip(branch) or [""]
        stream = [f"commit refs/heads/{branch}", f"author {author} {seconds} +0000"]
        stream += [f"committer {author} {seconds} +0000", _data(message)]
        stream += [f"from {first}"] if first else []
        stream += [f"merge {parent}" for parent in others]
        stream += ["deleteall"] if replace else []
        changes = [_change(path, content) for path, content in files.items()]
        changes += [_link(path, target) for path, target in (links or {}).items()]
        changes += [f"M 160000 {sha} {path}\n".encode() for path, sha in (submodules or {}).items()]
        text = "\n".join(stream).encode() + b"\n" + b"".join(changes) + b"\n"
        git(self.path, "fast-import", "--quiet", "--force", "--date-format=raw", text=text)
        if not self.bare and branch == self._head:
            git(self.path, "reset", "-q", "--hard")
        return self.head(f"refs/heads/{branch}")

    def head(self, ref: str = "HEAD") -> str:
        """The sha of a commit."""
        return git(self.path, "rev-parse", "--verify", f"{ref}^{{commit}}").decode().strip()

    def branch(self, name: str, at: str = "HEAD") -> None:
        """Make a branch, or point it elsewhere as a force push would."""
        git(self.path, "update-ref", f"refs/heads/{name}", self.head(at))
        if not self.bare and name == self._head:
            git(self.path, "reset", "-q", "--hard")

    def switch(self, name: str) -> None:
        """Let HEAD name a branch, which need not exist yet."""
        git(self.path, "symbolic-ref", "HEAD", f"refs/heads/{name}")
        self._head = name
        if not self.bare and self._tip(name):
            git(self.path, "reset", "-q", "--hard")

    def tag(self, name: str, at: str = "HEAD") -> None:
        """Make an annotated tag."""
        git(self.path, "tag", "-a", "-m", name, name, self.head(at))

    def bare_clone(self, path: Path) -> Path:
        """A bare copy with all branches and tags, ready to be served; returns its path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        source, target = str(self.path.absolute()), str(path.absolute())
        git(path.parent, "clone", "-q", "--mirror", "--template=", "--no-local", source, target)
        git(path, "update-server-info")
        return path

    def push(self, path: Path) -> None:
        """Bring a bare clone up to date, force pushes and deletions included."""
        git(self.path, "push", "-q", "--mirror", str(path.absolute()))

    def _tip(self, branch: str) -> list[str]:
        found = git(self.path, "for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")
        return found.decode().split()


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}"


def _quoted(path: str) -> bytes:
    raw = path.encode("utf-8", "surrogateescape")
    return b'"' + b"".join(b"\\%03o" % byte for byte in raw) + b'"'


def _change(path: str, content: Content) -> bytes:
    if content is None:
        return b"D " + _quoted(path) + b"\n"
    raw = content.encode() if isinstance(content, str) else content
    return b"M 100644 inline " + _quoted(path) + b"\ndata %d\n" % len(raw) + raw + b"\n"


def _link(path: str, target: str) -> bytes:
    raw = target.encode()
    return b"M 120000 inline " + _quoted(path) + b"\ndata %d\n" % len(raw) + raw + b"\n"
