"""Looking into files that may hold secrets: few of them, once each, and never large ones."""

from __future__ import annotations

from scanner.application.ports import BlobFeed
from scanner.application.secret_files import MOST_FILES, SecretFiles
from scanner.domain.project import SecretFile
from scanner.domain.revisions import TreeEntry
from scanner.domain.secret_files import LARGEST

CONTENT = b"SMTP_PASSWORD=vK3w-91xQ\n"


class Blobs:
    """Every file holds the same secret; remembers what was read, and how much at most."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def open_feed(self) -> BlobFeed:
        raise NotImplementedError("single files need no feed")

    def read(self, entry: TreeEntry, limit: int) -> bytes:
        self.asked.append((entry.path, limit))
        return CONTENT


def entry(path: str, size: int = len(CONTENT), blob: str = "b") -> TreeEntry:
    """A file of a tree."""
    return TreeEntry(path, blob, size)


def test_only_suspects_of_a_fair_size_are_read() -> None:
    blobs = Blobs()
    names = ["b/.env", "a.py", "a/.env", "tests/.env"]
    sized = [entry("c/.env", 0), entry("d/.env", LARGEST + 1)]
    found = SecretFiles(blobs).of([*map(entry, names), *sized])
    assert found == (
        SecretFile("a/.env", "values", 1, "SMTP_PASSWORD"),
        SecretFile("b/.env", "values", 1, "SMTP_PASSWORD"),
    )
    assert blobs.asked == [("a/.env", LARGEST), ("b/.env", LARGEST)]


def test_a_content_is_read_once_for_all_commits() -> None:
    blobs = Blobs()
    files = SecretFiles(blobs)
    first, second = files.of([entry(".env")]), files.of([entry(".env"), entry("a/.env")])
    files.of([entry(".env", blob="c")])
    assert first[0] in second
    assert [path for path, _ in blobs.asked] == [".env", "a/.env", ".env"]


def test_a_flood_is_bounded() -> None:
    blobs = Blobs()
    found = SecretFiles(blobs).of([entry(f"{number:04}/.env") for number in range(MOST_FILES + 9)])
    assert len(found) == len(blobs.asked) == MOST_FILES
