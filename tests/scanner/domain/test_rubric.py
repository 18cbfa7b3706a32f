"""The rubric and its file."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from scanner.domain.errors import UserError
from scanner.domain.rubric import DEFAULT, KEYS, Rubric
from scanner.domain.rubric_file import RUBRIC_BYTES, load


def test_the_default_is_the_written_rubric() -> None:
    rows = {terms.key: (terms.weight, terms.rigour, terms.grace) for terms in DEFAULT.principles}
    assert rows == {
        "file-size": (14, 1.5, 200),
        "complexity": (14, 2.5, 100),
        "typing": (14, 1, 20),
        "layering": (14, 10, 10),
        "fail-fast": (14, 3, 10),
        "async": (6, 4, 10),
        "observability": (6, 3, 10),
        "configuration": (6, 3, 10),
        "testability": (6, 3, 20),
        "naming": (6, 4, 20),
    }
    assert tuple(rows) == KEYS
    assert sum(terms.weight for terms in DEFAULT.principles) == 100


def test_equal_content_has_an_equal_version() -> None:
    written_out = b"[principles.complexity]\nweight = 14.0\n[limits]\nfile_lines = 500\n"
    assert load(b"") == DEFAULT
    assert load(written_out).version == load(b"").version == DEFAULT.version
    order = load(b'[rules]\noff = ["TY05", "CX01"]\n').version
    assert order == load(b'[rules]\noff = ["CX01", "TY05"]\n').version


@pytest.mark.parametrize(
    "text",
    [
        "[principles.naming]\nweight = 7",
        "[principles.naming]\nrigour = 4.5",
        "[principles.naming]\ngrace = 0",
        "[limits]\nnesting = 5",
        '[rules]\noff = ["TY05"]',
    ],
)
def test_any_change_is_another_version(text: str) -> None:
    assert load(text.encode()).version != DEFAULT.version


def test_a_file_changes_only_what_it_names() -> None:
    rubric = load(
        b'[principles.typing]\nweight = 20\n[limits]\nimports = 5\n[rules]\noff = ["TY05"]'
    )
    assert rubric.by_key["typing"].weight == 20
    assert rubric.by_key["typing"].rigour == 1
    assert rubric.by_key["naming"] == DEFAULT.by_key["naming"]
    assert (rubric.limits.imports, rubric.limits.file_lines) == (5, 500)
    assert rubric.rules_off == {"TY05"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"weight = 3", "'weight' is unknown"),
        (b"[principles.size]\nweight = 3", "no principle 'size'"),
        (b"[principles]\ntyping = 3", "'typing' is no table"),
        (b"limits = 3", "'limits' is no table"),
        (b"[principles.typing]\nweight = -1", "weight: "),
        (b"[principles.typing]\nweight = inf", "weight: "),
        (b"[principles.typing]\nweight = true", "weight: "),
        (b"[principles.typing]\nrigour = 0", "rigour: "),
        (b'[principles.typing]\ngrace = "much"', "grace: "),
        (b"[principles.typing]\nwhy = 1", "why: "),
        (b"[limits]\nfile_lines = 2.5", "file_lines: "),
        (b"[limits]\nfile_lines = 0", "file_lines: "),
        (b"[limits]\nlines = 1", "lines: "),
        (b"[rules]\nmaybe = []", "'rules.maybe' is unknown"),
        (b'[rules]\noff = "TY05"', "rules.off: "),
        (b"[rules]\noff = [5]", "rules.off: "),
        (b'[rules]\noff = ["TY05"]\non = ["TY05"]', "TY05 is both on and off"),
        (b'[rules]\noff = ["typing"]', "rules: "),
    ],
)
def test_a_mistake_is_named(text: bytes, said: str) -> None:
    with pytest.raises(UserError) as caught:
        load(text)
    assert caught.value.code == "rubric.invalid"
    assert said in caught.value.message
    assert "file_lines" in caught.value.next_step


@pytest.mark.parametrize(
    "data",
    [b"= 1", b"\xff\xfe", b"x = " + b"[" * 100_000, b"#" * (RUBRIC_BYTES + 1)],
    ids=["no TOML", "no text", "too deep", "too large"],
)
def test_what_cannot_be_read_is_a_user_error(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        load(data)
    assert caught.value.code == "rubric.unreadable"


def test_a_rubric_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        DEFAULT.limits.file_lines = 3  # type: ignore[misc]


def test_a_rubric_holds_all_principles_and_weighs_something() -> None:
    with pytest.raises(ValidationError, match="every principle once"):
        Rubric(principles=DEFAULT.principles[1:])
    nothing = "".join(f"[principles.{key}]\nweight = 0\n" for key in KEYS)
    with pytest.raises(UserError, match="at least one principle"):
        load(nothing.encode())
