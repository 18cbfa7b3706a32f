"""TOML that was made to cost much."""

from __future__ import annotations

import pytest

from scanner.domain.declared import read_declaration
from scanner.domain.errors import UserError
from scanner.domain.rubric_file import read_values
from scanner.domain.toml_text import MOST_DOTS, parse_toml

LONG_KEYS = [
    ".".join("a" * 100_000) + " = 1",
    "[" + " . ".join("a" * 50_000) + "]",
    'a = [{"x" . ' + ".".join("b" * 100_000) + " = 1}]",
    'a = {b = """\n""", ' + ".".join("c" * 100_000) + ' = 1} # "',
    "a = {b = '''\n''', " + ".".join("c" * 100_000) + " = 1} # '",
]


@pytest.mark.parametrize(
    "text", LONG_KEYS, ids=["pair", "table", "inline", "quoted", "plainly quoted"]
)
def test_a_key_of_endless_parts_is_not_parsed(text: str) -> None:
    with pytest.raises(ValueError, match="dots"):
        parse_toml(text.encode())
    with pytest.raises(UserError, match="too many dots"):
        read_values(text.encode())
    assert read_declaration(text.encode()).problems == (
        "pyproject.toml cannot be read, so [tool.codevitals] was not read",
    )


def test_many_dots_are_fine_on_many_lines() -> None:
    line = "# " + "." * MOST_DOTS + "\n"

    assert parse_toml((line * 1_000 + "a.b = 1").encode("utf-8-sig")) == {"a": {"b": 1}}


def test_dots_inside_quotes_are_no_keys() -> None:
    needs = [f"package-{number}>=1.2.{number}" for number in range(200)]
    line = "dependencies = [" + ", ".join(f'"{need}"' for need in needs) + "]"

    assert parse_toml(line.encode()) == {"dependencies": needs}
    assert parse_toml(f'"a\\"b" = "{"." * 500}"'.encode()) == {'a"b': "." * 500}
