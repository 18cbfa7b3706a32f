"""What a text is given to."""

from __future__ import annotations

import ast

import pytest

from scanner.child.receivers import Receiver, receiver
from scanner.child.spots import spots

MARK = "here"


def given(source: str) -> Receiver:
    """What the text `here` is given to."""
    tree = ast.parse(source)
    (spot,) = (
        spot
        for spot in spots(tree, [1], (ast.Constant,))
        if isinstance(spot.node, ast.Constant) and spot.node.value == MARK
    )
    return receiver(spot)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a.b.key = 'here'", ("key", "variable")),
        ("key += 'here'", ("key", "variable")),
        ("key = x or 'here'", ("key", "variable")),
        ("key = 'here' if x else y", ("key", "variable")),
        ("f(key='here')", ("key", "argument")),
        ("f(**{'key': 'here'})", ("key", "key")),
        ("d.get('key', 'here')", ("key", "default")),
        ("d.setdefault('key', 'here')", ("key", "default")),
        ("read_setting(name='key', default='here')", ("key", "default")),
        ("f(row['key'] == 'here')", ("key", "comparison")),
        ("lambda key='here': key", ("key", "parameter")),
    ],
)
def test_names(source: str, expected: Receiver) -> None:
    assert given(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "f('here')",
        "key = f('here')",
        "key = f('key', 'here')",
        "keys = ['here']",
        "'here' == 'there'",
        "d['a b'] = 'here'",
        "return_('here')",
        "key = 'here'.join(x)",
    ],
)
def test_what_is_given_to_nothing_that_has_a_name(source: str) -> None:
    assert given(source) == ("", "")
