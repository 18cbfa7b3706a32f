"""Names of branches: git's own rules, and the two that we add."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.domain.errors import UserError
from scanner.git.branch_name import check_branch
from scanner.git.command import Outcome


@pytest.mark.parametrize(
    "name", ["main", "release/2.0", "feature/a-b_c", "a.b", "über", "日本", "x@y", "{a}", "a-"]
)
def test_it_takes(name: str, closed_git: Callable[..., Outcome]) -> None:
    assert check_branch(f" {name}\n") == name
    assert closed_git("check-ref-format", f"refs/heads/{name}").ok


def test_an_empty_name_is_the_default_branch() -> None:
    assert check_branch("  ") == ""


@pytest.mark.parametrize(
    "name",
    [
        *("a b", "a..b", "a~b", "a^", "a:b", "a?", "a*", "a[", "a\\b", "/a", "a/", "a//b", "a."),
        *(".a", "a/.b", "a.lock", "a.lock/b", "a@{b", "a\x01b", "a\x7fb"),
    ],
)
def test_it_refuses_what_git_refuses(name: str, closed_git: Callable[..., Outcome]) -> None:
    assert not closed_git("check-ref-format", f"refs/heads/{name}").ok
    with pytest.raises(UserError) as refused:
        check_branch(name)
    assert refused.value.code == "branch.name"


@pytest.mark.parametrize(
    "name",
    ["-a", "--upload-pack=x", "@", "HEAD", "refs/heads/a", "a\u202eb", "a\u200bb", "x" * 251],
)
def test_it_refuses_more_than_git(name: str) -> None:
    with pytest.raises(UserError) as refused:
        check_branch(name)
    assert refused.value.code == "branch.name"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="ab./@{}-~^:*[\\ \x01é", min_size=1, max_size=7))
def test_git_takes_whatever_passes(closed_git: Callable[..., Outcome], name: str) -> None:
    try:
        checked = check_branch(name)
    except UserError:
        return
    assert not checked or closed_git("check-ref-format", f"refs/heads/{checked}").ok
