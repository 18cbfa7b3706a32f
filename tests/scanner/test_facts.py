"""The contract between the analysis child and judgement."""

from __future__ import annotations

from scanner.domain.facts import Module, decode


def test_decode_names_every_field_of_a_row() -> None:
    function = ["f", 2, 1, 4, 1, 1, 0, [["x", "parameter", "none"]], ["a.b"], "", 0, 0, 1, 0]
    row = [4, "", True, 2, False, False, [function], *[[] for _ in range(10)]]
    module = decode(row)
    assert len(row) == len(Module._fields)
    assert module.functions[0].slots[0].annotation == "none"
    assert module.functions[0].decorators == ("a.b",)
    assert hash(module) == hash(decode(row))
