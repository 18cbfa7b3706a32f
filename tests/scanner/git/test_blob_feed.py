"""The stream of blobs that an analysis child reads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.git.blobs import GitBlobs
from tests.services.processes import await_value
from tests.services.repositories import RepositoryBuilder, git


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    """A repository with two files."""
    made = RepositoryBuilder(tmp_path / "bare.git", bare=True)
    made.commit({"a.py": "a = 1\n", "b.py": b"\x00\xff\n"})
    return made


def _blob(builder: RepositoryBuilder, path: str) -> str:
    return git(builder.path, "rev-parse", f"HEAD:{path}").decode().strip()


def _everything(handle: int) -> bytes:
    with os.fdopen(os.dup(handle), "rb") as stream:
        return stream.read()


def _pids(folder: Path) -> list[str]:
    """The processes that name a folder on their command line."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (entry / "cmdline").read_bytes():
                found.append(entry.name)
        except OSError:  # it ended meanwhile
            continue
    return found


def test_it_answers_in_the_order_of_the_questions(builder: RepositoryBuilder) -> None:
    a, b = _blob(builder, "a.py"), _blob(builder, "b.py")
    feed = GitBlobs(builder.path).open_feed()
    feed.ask([b])
    feed.ask([a, "0" * 40])
    feed.finish()
    expected = f"{b} blob 3\n".encode() + b"\x00\xff\n\n" + f"{a} blob 6\na = 1\n\n".encode()
    assert _everything(feed.fileno()) == expected + b"0" * 40 + b" missing\n"
    feed.close()


def test_an_answer_comes_before_the_next_question(builder: RepositoryBuilder) -> None:
    feed = GitBlobs(builder.path).open_feed()
    with os.fdopen(os.dup(feed.fileno()), "rb") as answers:
        for path, size in (("a.py", 6), ("b.py", 3), ("a.py", 6)):
            blob = _blob(builder, path)
            feed.ask([blob])
            assert answers.readline() == f"{blob} blob {size}\n".encode()
            assert len(answers.read(size + 1)) == size + 1
    feed.close()


def test_a_child_reads_it_as_its_standard_input(builder: RepositoryBuilder) -> None:
    feed = GitBlobs(builder.path).open_feed()
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", "import sys; sys.stdout.write(str(len(sys.stdin.read())))"],
        stdin=feed.fileno(),
        stdout=subprocess.PIPE,
    )
    feed.release()
    feed.ask([_blob(builder, "a.py")] * 3)
    feed.finish()
    out, _ = child.communicate(timeout=20)
    assert int(out) == 3 * len(f"{'0' * 40} blob 6\na = 1\n\n")
    feed.close()


def test_a_feed_whose_reader_died_says_so(builder: RepositoryBuilder) -> None:
    feed = GitBlobs(builder.path).open_feed()
    feed.release()
    blob = _blob(builder, "a.py")

    def breaks() -> bool:
        try:
            feed.ask([blob])
        except BrokenPipeError:
            return True
        return False

    assert await_value(breaks, 10, "git to notice")
    feed.close()


@pytest.mark.parametrize("state", ["fresh", "asked", "finished", "released"])
def test_closing_leaves_no_process(builder: RepositoryBuilder, state: str) -> None:
    feed = GitBlobs(builder.path).open_feed()
    await_value(lambda: _pids(builder.path), 10, "git to start")
    if state == "asked":
        feed.ask([_blob(builder, "a.py")] * 100)
    elif state == "finished":
        feed.finish()
    elif state == "released":
        feed.release()
    feed.close()
    assert _pids(builder.path) == []
    feed.close()


def test_git_ends_when_the_asking_process_is_killed(builder: RepositoryBuilder) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from scanner.git.blobs import GitBlobs;"
        "feed = GitBlobs(Path(sys.argv[1])).open_feed(); feed.ask([sys.argv[2]]);"
        "os.read(feed.fileno(), 10); os.kill(os.getpid(), signal.SIGKILL)"
    )
    asker = subprocess.Popen(
        [sys.executable, "-c", code, str(builder.path), _blob(builder, "a.py")],
        cwd=Path(__file__).parents[3],
    )
    assert asker.wait(30) == -9
    await_value(lambda: not _pids(builder.path), 10, "git to end")
