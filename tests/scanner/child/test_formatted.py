"""f-strings whose end a plain scan would miss."""

from __future__ import annotations

import pytest

from scanner.child.formatted import is_formatted, skip_formatted


@pytest.mark.parametrize(
    ("text", "token", "is_one"),
    [
        ("f'{a['", "'{a['", True),
        ("rf'{a['", "'{a['", True),
        ("'{a['", "'{a['", False),
        ("of'{a['", "'{a['", False),
        ("f'{a}'", "'{a}'", False),
        ("f'{{a}}'", "'{{a}}'", True),
    ],
)
def test_only_prefixed_strings_with_open_braces_are_looked_at(
    text: str, token: str, is_one: bool
) -> None:
    assert is_formatted(text, text.index("'"), token) is is_one


@pytest.mark.parametrize(
    "text",
    [
        "f'{a['b']}'",
        "f'{f'{x}'}'",
        "f'{a:{b}}'",
        "f'{{{a}}}'",
        "f'{ {1: 2}[1] }'",
        "f'''{a\n}'''",
    ],
)
def test_the_whole_string_is_skipped(text: str) -> None:
    assert skip_formatted(text + " # after", 1) == (len(text), [])


def test_comments_inside_fields_are_found() -> None:
    text = "f'{a # why\n}'"
    assert skip_formatted(text, 1) == (len(text), [(5, "# why")])
