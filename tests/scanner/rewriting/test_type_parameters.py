"""Lists of type parameters that were made to cost much."""

from __future__ import annotations

from scanner.analysis.rewriting_child.type_parameters import without_defaults


def test_a_list_within_a_list_is_not_read_again() -> None:
    nested = "type a[x: (type b[y = 1])] = x\ntype c[z = 2] = z\n"

    assert without_defaults(nested) == nested.replace("[z = 2]", "[z    ]")


def test_lists_one_after_the_other_are_all_read() -> None:
    lists = "class a[b = 1]: pass\n" * 3 + "def c[*d = *e, f: g = h](): pass\n"

    assert without_defaults(lists) == (
        "class a[b    ]: pass\n" * 3 + "def c[*d     , f: g    ](): pass\n"
    )
