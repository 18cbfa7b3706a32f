"""NM07 many-responsibilities."""

from __future__ import annotations

import pytest

from tests.scanner.rules.harness import block, check

BODY = block(40)
LONG = "\n".join(f"x{number} = 1" for number in range(300))


def classes(count: int, head: str = "class C{}:") -> str:
    """That many classes of 41 lines."""
    return "\n".join(f"{head.format(number)}\n{BODY}" for number in range(count))


def test_one_for_each_class_beyond_five() -> None:
    source = f"{LONG}\n{classes(5)}\nclass D:  # offends 2\n{BODY}\nclass E:\n{BODY}\n"
    (finding,) = check("NM07", source)
    assert finding.message.startswith(
        "7 subjects in the public classes of one module, limit 5: `C0`, `C1`"
    )


def test_at_most_five() -> None:
    more = classes(14, "class D{}:")
    check("NM07", f"{classes(5)}\nclass X:  # offends 5\n{BODY}\n{more}\n")


def test_a_module_that_can_be_read_as_a_whole_is_fine() -> None:
    check("NM07", classes(12))


def test_five_are_fine_and_data_errors_and_small_classes_do_not_count() -> None:
    data = classes(3, "@dataclass\nclass D{}:")
    errors = classes(3, "class E{}(ValueError):")
    states = classes(3, "class S{}(Enum):")
    ports = classes(3, "class P{}(Protocol):")
    hidden = classes(3, "class _H{}:")
    small = "\n".join(f"class T{number}:\n{block(39)}" for number in range(9))
    check("NM07", "\n".join((classes(5), data, errors, states, ports, hidden, small)) + "\n")


@pytest.mark.parametrize(
    "head",
    ["class D{}(C0):", "class D{}(Other, C3):", "class D{}(_Base):", "class D{}(C1, C2):"],
)
def test_variants_of_one_subject_count_once(head: str) -> None:
    base = f"class _Base: ...\nclass C4(_Base):\n{BODY}\n"
    check("NM07", f"{LONG}\n{classes(4)}\n{base}{classes(9, head)}\n")


def test_variants_of_a_base_from_elsewhere_are_subjects_of_their_own() -> None:
    head = "class D{}(Model):"
    check("NM07", f"{LONG}\n{classes(5, head)}\nclass X(Model):  # offends 1\n{BODY}\n")
