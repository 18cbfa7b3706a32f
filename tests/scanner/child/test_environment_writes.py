"""Writes into the environment, and which of them are put back."""

from __future__ import annotations

import pytest

from scanner.child.environment_writes import MAX_ROWS
from scanner.domain.facts import EnvironmentWrite
from tests.scanner.child.facts import facts


def writes(source: str) -> tuple[EnvironmentWrite, ...]:
    """The writes of a module."""
    return facts(source).environment_writes


@pytest.mark.parametrize(
    ("line", "key", "way"),
    [
        ("os.environ['A'] = 'x'", "A", "assign"),
        ("os.environ['A'] += 'x'", "A", "assign"),
        ("os.environb[b'A'] = b'x'", "A", "assign"),
        ("env['A'] = 'x'", "A", "assign"),
        ("os.putenv('A', 'x')", "A", "putenv"),
        ("os.environ.update(A='x')", "", "update"),
        ("os.environ.setdefault('A', 'x')", "A", "setdefault"),
        ("del os.environ['A']", "A", "remove"),
        ("os.environ.pop('A', None)", "A", "remove"),
        ("os.environ[name] = 'x'", "", "assign"),
    ],
)
def test_ways(line: str, key: str, way: str) -> None:
    (found,) = writes(f"import os\nfrom os import environ as env\n{line}\n")
    assert (found.key, found.way, found.line) == (key, way, 3)


@pytest.mark.parametrize(
    "line",
    [
        "value = os.environ['A']",
        "environ['A'] = 'x'",
        "environ = {}; environ['B'] = 'x'",
        "copy = os.environ.copy(); copy['A'] = 'x'",
        "os.environ.get('A')",
    ],
)
def test_what_is_no_write(line: str) -> None:
    """The `environ` of a web server is another mapping: names are resolved by the imports."""
    assert writes(f"import os\n{line}\n") == ()


def test_what_is_put_back() -> None:
    found = writes(
        """
        import os

        def kept():
            os.environ["A"] = "x"

        def back():
            os.environ["A"] = "x"
            try:
                run()
            finally:
                os.environ["A"] = "y"

        def removed():
            os.environ["A"] = "x"
            run()
            del os.environ["A"]

        class Patch:
            def __exit__(self, *error):
                os.environ["A"] = self.old
        """
    )
    assert [(each.symbol, each.is_restored) for each in found] == [
        ("kept", False),
        ("back", True),
        ("back", True),
        ("removed", True),
        ("removed", True),
        ("Patch.__exit__", True),
    ]


def test_a_flood_is_bounded() -> None:
    assert len(writes("import os\n" + "os.environ['A'] = 'x'\n" * (MAX_ROWS + 20))) == MAX_ROWS
