"""The contract between the analysis child and judgement."""

from __future__ import annotations

import json

from scanner.domain.facts import Module, decode, encode


def test_decode_names_every_field_of_a_row() -> None:
    function = ["f", 2, 1, 4, 1, 1, 0, [0], ["a.b"], "", 0, 0, 1, 0]
    row = [
        4,
        "",
        True,
        2,
        False,
        False,
        [function],
        *[[] for _ in range(20)],
        0,
        [["x", "parameter", "none"]],
    ]
    module = decode(row)
    assert len(row) == len(Module._fields) + 1
    assert module.functions[0].slots[0].annotation == "none"
    assert module.functions[0].decorators == ("a.b",)
    assert hash(module) == hash(decode(row))


def test_encode_undoes_decode() -> None:
    slots = [["x", "parameter", "none"], ["return", "return", "full"]]
    functions = [
        ["f", 2, 1, 4, 1, 1, 0, [0, 1], [], "", 0, 0, 1, 0],
        ["g", 6, 6, 7, 1, 1, 0, [1], [], "", 0, 0, 1, 0],
    ]
    row = [9, "", True, 2, False, False, functions, *[[] for _ in range(20)], 0, slots]
    module = decode(row)
    assert module.functions[1].slots == (module.functions[0].slots[1],)
    assert decode(json.loads(json.dumps(encode(module)))) == module
