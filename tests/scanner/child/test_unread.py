"""Tasks whose name nothing reads."""

from __future__ import annotations

import pytest

from tests.scanner.child.facts import facts

TASK = "asyncio.create_task(g())"


def use(*lines: str) -> str:
    """How the result of the first call is used in a function of these lines."""
    body = "\n    ".join(lines)
    return facts(f"import asyncio\nasync def f():\n    {body}\n").async_calls[0].use


@pytest.mark.parametrize(
    "lines",
    [
        (f"task = {TASK}",),
        (f"_ = {TASK}",),
        (f"task: Task = {TASK}",),
        (f"a = b = {TASK}",),
        (f"task = {TASK}", "task = 1"),
    ],
)
def test_unread(lines: tuple[str, ...]) -> None:
    assert use(*lines) == "unread"


@pytest.mark.parametrize(
    "lines",
    [
        (f"task = {TASK}", "await task"),
        (f"task = {TASK}", "def g(): return task"),
        ("global task", f"task = {TASK}"),
        (f"self.task = {TASK}",),
        (f"a = self.b = {TASK}",),
        (f"tasks = [{TASK}]",),
        (f"return {TASK}",),
    ],
)
def test_used(lines: tuple[str, ...]) -> None:
    assert use(*lines) == "used"


def test_a_name_of_the_module_is_kept() -> None:
    assert facts(f"import asyncio\ntask = {TASK}\n").async_calls[0].use == "used"
