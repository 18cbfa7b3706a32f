"""Sources are shown without what looks like a secret in them."""

from __future__ import annotations

import pytest

from scanner.analysis.extraction import module_facts
from scanner.domain.facts import Module
from scanner.domain.masking import mask

VALUE = "q7Lz93mXcV0b4TqR8sWk"


def masked(source: str) -> str:
    """A source as it is shown, by its own facts."""
    facts = module_facts(source.encode())
    assert isinstance(facts, Module)
    return mask(source.encode(), facts.suspected_secrets).decode()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (f"api_key = '{VALUE}'  # ours", "api_key = '********'  # ours"),
        (f'post("shop", token="{VALUE}")', 'post("********")'),
        (f"api_key = b'{VALUE}'.decode()", "api_key = b'********'.decode()"),
        (f'd = {{"api_key": "{VALUE}"}}', 'd = {"********"}'),
        ("colour = 'red'", "colour = 'red'"),
    ],
)
def test_one_line(line: str, shown: str) -> None:
    assert masked(f"x = 'a'\r\n{line}\r\ny = 'b'\n") == f"x = 'a'\r\n{shown}\r\ny = 'b'\n"


def test_many_lines_stay_as_many() -> None:
    body = "\n".join(["MIIEow7vXq" * 6] * 3)
    key = f'"""-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"""'
    shown = masked(f"import a\nSIGNER = load({key}, 1)\nlast = 'x'\n")
    assert shown == (
        'import a\nSIGNER = load("********\n********\n********\n********\n********\n'
        "********\", 1)\nlast = 'x'\n"
    )


def test_a_text_over_joined_lines() -> None:
    shown = masked(f'SECRET_KEY = (\n    "{VALUE}"\n    "{VALUE}"\n)\n')
    assert VALUE not in shown
    assert shown.count("\n") == 4


def test_nothing_to_hide() -> None:
    source = b"x = 'a'\n"
    assert mask(source, ()) is source
