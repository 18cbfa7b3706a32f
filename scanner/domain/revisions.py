"""What git says of a repository: revisions, trees and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit. Texts are cleaned of NUL and lone surrogates; times are aware, in UTC."""

    commit: str
    committed_at: datetime
    author: str
    author_email: str
    subject: str


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """A regular file of a tree. `path` is a safe text form; `blob` asks a BlobSource for it."""

    path: str
    blob: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Tree:
    """The regular files of one revision that can matter to a score, sorted by path.

    Symlinks and submodules are left out. A plain folder has no revision.
    """

    revision: Revision | None
    entries: tuple[TreeEntry, ...]


class Change(NamedTuple):
    """A regular file that a commit made, changed or removed. An empty blob means removed."""

    path: str
    blob: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """What one commit made of a file: its name and content then."""

    commit: str
    at: datetime
    path: str
    blob: str


@dataclass(frozen=True, slots=True)
class Link:
    """A commit of a first-parent chain, with the name of its tree."""

    revision: Revision
    tree: str


class Ancestor(NamedTuple):
    """A commit on the way to another, whatever line it lies on."""

    commit: str
    parents: tuple[str, ...]
    author: str  # cleaned


@dataclass(frozen=True, slots=True)
class Token:
    """An access token for https. The username is what the host expects beside it."""

    secret: str
    username: str = "x-access-token"


@dataclass(frozen=True, slots=True)
class DeployKey:
    """A private key for ssh, and the host's public key lines as the user confirmed them."""

    private_key: str
    known_hosts: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a mirror comes from. An empty branch means the remote's default."""

    address: str
    branch: str = ""
    credential: Token | DeployKey | None = None
