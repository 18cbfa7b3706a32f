"""Calls of methods of what local names hold."""

from __future__ import annotations

import pytest

from tests.scanner.child.facts import facts

HEAD = "import httpx\nfrom httpx import Client\nfrom typing import Optional\n"


def names(function: str) -> list[str]:
    """The calls that are recorded of a module."""
    return [call.name for call in facts(HEAD + function).async_calls]


@pytest.mark.parametrize(
    "function",
    [
        "async def f(c: httpx.Client): c.get()",
        "async def f(*, c: Client): c.get()",
        "async def f(c: Client | None): c.get()",
        "async def f(c: Optional[Client]): c.get()",
        "async def f():\n    c = Client()\n    c.get()",
        "async def f():\n    c: Client = Client()\n    c.get()",
        "async def f():\n    with Client() as c:\n        c.get()",
    ],
)
def test_what_holds_one(function: str) -> None:
    assert "httpx.Client().get" in names(function)


@pytest.mark.parametrize(
    "function",
    [
        "async def f(c): c.get()",
        "async def f(c: Client | Other): c.get()",
        "async def f():\n    c = Client()\n    c = other\n    c.get()",
        "async def f():\n    c = Client()\ndef g(c):\n    c.get()",
        "def f(c: Client): c.get()",
    ],
)
def test_what_may_hold_another(function: str) -> None:
    assert "httpx.Client().get" not in names(function)
