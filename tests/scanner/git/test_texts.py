"""What is shown and stored of git's words: causes, details, progress, paths, refs."""

from __future__ import annotations

import re
import signal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.git.causes import cause_of, error_of, scrubbed
from scanner.git.command import Outcome
from scanner.git.fetch_progress import FetchProgress
from scanner.git.remote_refs import parse_refs
from scanner.git.text import clean, is_hidden, safe_path


@given(st.binary(max_size=30), st.binary(max_size=30))
def test_safe_paths_are_visible_and_unique(one: bytes, other: bytes) -> None:
    assert (safe_path(one) == safe_path(other)) == (one == other)
    assert not any(is_hidden(character) for character in safe_path(one))
    safe_path(one).encode("utf-8")


@given(st.binary(max_size=400))
def test_cleaned_text_can_be_stored(raw: bytes) -> None:
    text = clean(raw, 50)
    assert len(text) <= 50
    assert "\0" not in text
    assert text.encode("utf-8").decode("utf-8") == text


def test_cleaned_text_is_one_line() -> None:
    assert clean(b" a\r\n\tb\x00c ", 50) == "a b\N{REPLACEMENT CHARACTER}c"
    assert clean(b"x" * 60, 50) == "x" * 49 + "…"


@pytest.mark.parametrize(
    ("stderr", "code"),
    [
        ("fatal: write error: No space left on device", "git.disk-full"),
        ("fatal: unable to write file: Disk quota exceeded", "git.disk-full"),
        ("error: index-pack died of signal 25", "git.too-large"),
        ("fatal: Out of memory, malloc failed", "git.too-large"),
        ("Timeout, server example.org not responding.", "git.timed-out"),
        ("ERROR: Repository not found.\nfatal: Could not read from remote", "git.not-found"),
        ("fatal: unable to access: The requested URL returned error: 503", "git.host-failed"),
        ("fatal: unable to access: server certificate verification failed", "git.certificate"),
        ("fatal: fetch-pack: invalid index-pack output", "git.corrupt"),
        ("error: object 1234: badTree\nfatal: fsck error in packed object", "git.corrupt"),
        ("fatal: something new", "git.failed"),
        ("", "git.failed"),
    ],
)
def test_words_of_git_that_no_host_here_can_be_made_to_say(stderr: str, code: str) -> None:
    assert error_of(Outcome(128, b"", stderr.encode(), "")).code == code


@pytest.mark.parametrize(
    ("stopped", "code"),
    [("time", "timed-out"), ("size", "too-large"), ("output", "too-large"), ("disk", "disk-full")],
)
def test_a_bound_outranks_the_words(stopped: str, code: str) -> None:
    assert cause_of(Outcome(-9, b"", b"fatal: early EOF", stopped)).code == code


def test_signals_have_causes() -> None:
    assert cause_of(Outcome(-signal.SIGXFSZ, b"", b"", "")).code == "too-large"
    assert cause_of(Outcome(-signal.SIGSEGV, b"", b"", "")).code == "corrupt"


def test_a_detail_holds_no_secret() -> None:
    words = (
        "fatal: https://user:hunter2@example.org/a\n"
        "> Authorization: Basic aHVudGVyMg==\n"
        "remote: token ghp_abcdEFGHijklMNOP and s3cret here\n"
    )
    detail = scrubbed(words, ["s3cret"])
    assert not re.search("hunter2|aHVudGVyMg|EFGHijklMNOP|s3cret", detail)
    assert "example.org/a" in detail


def test_a_detail_is_one_short_visible_line() -> None:
    words = "remote: \x1b[31mred\u202e\n\n" + "Receiving objects:  50% (1/2)\r" + "x" * 2_000
    detail = scrubbed(words)
    assert len(detail) == 600
    assert detail.isprintable()
    assert "Receiving" not in detail


def _percents(*chunks: bytes) -> list[int]:
    heard: list[int] = []
    progress = FetchProgress(lambda phase, done, total: heard.append(done))
    for chunk in chunks:
        progress.feed(chunk)
    return heard


def test_progress_counts_receiving_and_resolving() -> None:
    assert _percents(
        b"remote: Counting objects: 100% (9/9), done.\n",
        b"Receiving objects:  50% (5/10)\r",
        b"Receiving objects: 100% (10/10), 1 KiB | 1 KiB/s, done.\n",
        b"Resolving deltas:  50% (1/2)\rResolving deltas: 100% (2/2), done.\n",
    ) == [35, 70, 100]


def test_progress_may_come_in_any_pieces_and_never_goes_back() -> None:
    words = (
        b"Receiving objects:  40% (4/10)\rReceiving objects:  20% (2/10)\rResolving deltas:   0% "
    )
    assert _percents(*(bytes([byte]) for byte in words + b"(0/1)\r")) == [28, 70]


def test_the_host_cannot_fake_progress() -> None:
    assert _percents(b"remote: Receiving objects:  99% (99/100)\r\n") == []
    assert _percents(b"Receiving objects: 999% (1/1)\r") == [70]


def test_refs_of_a_host() -> None:
    one, two = "1" * 40, "2" * 40
    printed = (
        f"{one}\tHEAD\n{one}\trefs/heads/main\n{two}\trefs/heads/a/b\n{two}\trefs/tags/v1\n"
        f"{one}\trefs/tags/v1^{{}}\n{one}\trefs/tags/main\nwarning: odd\nno-sha\trefs/heads/x\n"
    )
    refs = parse_refs(printed.encode())
    assert refs.find("v1") == "refs/tags/v1"
    assert refs.find("a/b") == "refs/heads/a/b"
    assert refs.find("main") == "refs/heads/main"
    assert refs.find("HEAD") == "HEAD"
    assert refs.find("3" * 40) == "3" * 40
    assert "refs/heads/x" not in refs.objects
