"""The first-parent chain of a git folder, its tags, and what changed from commit to commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from scanner.domain.revisions import Ancestor, Change, Link
from scanner.git.asking import ask_git
from scanner.git.causes import CORRUPT, TOO_LARGE, detail_of
from scanner.git.command import Bounds, run_git
from scanner.git.environment import closed_environment
from scanner.git.objects import NAME_LENGTH, revision_of
from scanner.git.text import clean
from scanner.git.tree_changes import TreeChanges

MOST_COMMITS: Final = 500_000
MOST_ANCESTORS: Final = 20_000
TAG_LENGTH: Final = 100
_EMPTY_TREES: Final = {
    40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
_CHAIN: Final = "--format=%T%x00%H%x00%ct%x00%an%x00%ae%x00%s"
_ANCESTORS: Final = "--format=%H%x00%P%x00%an"
_TAGS: Final = "--format=%(refname:lstrip=2)%00%(objectname)%00%(*objectname)"
_CHAIN_BYTES: Final = 512 << 20
_TAGS_BYTES: Final = 64 << 20


class GitHistory:
    """What was, in one git folder that is read in place."""

    def __init__(self, git_dir: Path) -> None:
        self._git_dir = git_dir

    def chain(self, commit: str) -> tuple[Link, ...]:
        """The first parents of a commit, oldest first, the commit itself last."""
        outcome = run_git(
            [
                *(f"--git-dir={self._git_dir}", "rev-list", "--first-parent", "--reverse"),
                *(f"--max-count={MOST_COMMITS + 1}", "--no-commit-header", _CHAIN),
                *("--end-of-options", commit, "--"),
            ],
            closed_environment(),
            Bounds(output_bytes=_CHAIN_BYTES),
        )
        if not outcome.ok:
            raise (TOO_LARGE if outcome.stopped else CORRUPT).error(detail_of(outcome))
        links = tuple(_link(line) for line in outcome.stdout.split(b"\n") if line)
        if len(links) > MOST_COMMITS:
            raise TOO_LARGE.error(f"more than {MOST_COMMITS} commits")
        return links

    def tags(self) -> Mapping[str, tuple[str, ...]]:
        """The names of tags by the commit they lead to."""
        outcome = run_git(
            [f"--git-dir={self._git_dir}", "for-each-ref", _TAGS, "refs/tags"],
            closed_environment(),
            Bounds(output_bytes=_TAGS_BYTES),
        )
        if not outcome.ok:
            raise CORRUPT.error(detail_of(outcome))
        found: dict[str, list[str]] = defaultdict(list)
        for line in outcome.stdout.split(b"\n"):
            name, _, objects = line.partition(b"\0")
            direct, _, peeled = objects.partition(b"\0")
            if name:
                found[(peeled or direct).decode("ascii")].append(clean(name, TAG_LENGTH))
        return {commit: tuple(sorted(names)) for commit, names in found.items()}

    def ancestors(self, commit: str, known: str) -> tuple[Ancestor, ...]:
        """The commits that lead to one and not to another, oldest first; `known` may be "".

        Merged lines are among them. Those that are too many are left out, oldest first.
        """
        excluded = [f"^{known}"] if known else []
        outcome = run_git(
            [
                *(f"--git-dir={self._git_dir}", "rev-list", "--topo-order", "--reverse"),
                *(f"--max-count={MOST_ANCESTORS}", "--no-commit-header", _ANCESTORS),
                *("--end-of-options", commit, *excluded, "--"),
            ],
            closed_environment(),
            Bounds(output_bytes=_CHAIN_BYTES),
        )
        if not outcome.ok:
            raise (TOO_LARGE if outcome.stopped else CORRUPT).error(detail_of(outcome))
        return tuple(_ancestor(line) for line in outcome.stdout.split(b"\n") if line)

    def changes(self, links: Sequence[Link]) -> list[tuple[Change, ...]]:
        """What each link's tree changes of the one before it; the first begins with nothing."""
        if not links:
            return []
        before = _EMPTY_TREES[len(links[0].tree)]
        pairs = []
        for link in links:
            pairs.append(f"{before} {link.tree}\n")
            before = link.tree
        listing = TreeChanges()
        options = ["-r", "--stdin", "--raw", "-z", "--no-renames", "--no-abbrev"]
        asked = "".join(pairs).encode("ascii")
        ask_git(self._git_dir, ["diff-tree", *options], asked, listing.feed)
        found = listing.pairs()
        if len(found) != len(links):
            raise CORRUPT.error("git compared fewer trees than it was asked to")
        return found

    def leads(self, before: str, after: str) -> bool:
        """Whether one commit is among those that lead to another; False for one not here."""
        command = ["merge-base", "--is-ancestor", "--end-of-options", before, after]
        return run_git([f"--git-dir={self._git_dir}", *command], closed_environment()).ok

    def sizes(self, blobs: Iterable[str]) -> Mapping[str, int]:
        """The bytes of each blob; one that is missing has none."""
        asked = "".join(f"{blob}\n" for blob in blobs).encode("ascii")
        answers = bytearray()
        command = ["cat-file", "--batch-check=%(objectname) %(objectsize)"]
        ask_git(self._git_dir, command, asked, answers.extend)
        sizes = {}
        for line in bytes(answers).decode("ascii", "replace").splitlines():
            blob, _, size = line.partition(" ")
            sizes[blob] = int(size) if size.isdigit() else 0
        return sizes


def _link(line: bytes) -> Link:
    tree, _, rest = line.partition(b"\0")
    fields = rest.split(b"\0", 4)
    if len(fields) != 5:
        raise CORRUPT.error("git listed something that is no commit")
    return Link(revision_of(fields), tree.decode("ascii"))


def _ancestor(line: bytes) -> Ancestor:
    commit, _, rest = line.partition(b"\0")
    parents, _, author = rest.partition(b"\0")
    names = tuple(parents.decode("ascii").split())
    return Ancestor(commit.decode("ascii"), names, clean(author, NAME_LENGTH))
