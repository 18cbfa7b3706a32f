"""Comments are those that the language's own tokenizer finds."""

from __future__ import annotations

import io
import sys
import tokenize
from pathlib import Path

import pytest

from scanner.child.comments import Comments

TRICKY = [
    'a = "# no"  # yes',
    "a = '\\'# no'  # yes",
    'a = """\n# no\n"""  # yes',
    "a = f'{x}# no'  # yes",
    'a = f"{x:{w}.{p}} # no"  # yes',
    "a = f'{{# no}}'  # yes",
    "a = f\"{ {'b': 1}['b'] :#x}\"  # yes",
    'a = f"""a "quoted" {x} "" # no"""  # yes',
    'a = rf"\\d{x}# no"  # yes',
    'a = "b" if"c" else"# no"  # yes',
    'a = f"" # yes',
    'a = Rb"\\"# no"  # yes',
    'a = f"\\N{DASH} # no"  # yes',
    "a = f'{x!r:>10}' '# no'  # yes",
]
NEWER = [
    'a = f"{x["# no"]}"  # yes',
    'a = f"{f"{f"{1}"}"} # no"  # yes',
    'a = f"""{\n    x  # yes\n    + y["# no"]\n}"""  # yes',
]


def by_tokenizer(text: str) -> list[tuple[int, str]]:
    """Line and text of each comment token."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [(each.start[0], each.string) for each in tokens if each.type == tokenize.COMMENT]


@pytest.mark.parametrize("text", TRICKY)
def test_a_hash_in_a_string_is_none(text: str) -> None:
    assert Comments(text + "\n").found == by_tokenizer(text + "\n")
    assert len(Comments(text).found) == 1


@pytest.mark.parametrize("text", NEWER)
def test_f_strings_may_hold_quotes_and_comments(text: str) -> None:
    lines = [number for number, line in enumerate(text.split("\n"), 1) if "# yes" in line]
    assert Comments(text).found == [(line, "# yes") for line in lines]
    if sys.version_info >= (3, 12):
        assert Comments(text).found == by_tokenizer(text)


def test_on_real_code_it_agrees_with_the_tokenizer() -> None:
    folder = Path(pytest.__file__).parent.parent / "_pytest"
    sources = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py"))]
    assert sum(len(Comments(text).found) for text in sources) > 1_000
    for text in sources:
        assert Comments(text).found == by_tokenizer(text)


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("# type: ignore", []),
        ("#type:ignore", []),
        ("# type: ignore[arg-type]", ["arg-type"]),
        ("# type: ignore [arg-type, misc]  # why", ["arg-type", "misc"]),
    ],
)
def test_what_a_type_checker_is_told(comment: str, codes: list[str]) -> None:
    ((_, kind, found, _),) = Comments(f"x = 1  {comment}\n").pragmas()
    assert (kind, found) == ("type-ignore", codes)
