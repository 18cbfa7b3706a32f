"""NM07 many-responsibilities."""

from __future__ import annotations

from tests.scanner.rules.harness import block, check

BODY = block(20)


def classes(count: int, head: str = "class C{}:") -> str:
    """That many classes of 21 lines."""
    return "\n".join(f"{head.format(number)}\n{BODY}" for number in range(count))


def test_one_for_each_class_beyond_five() -> None:
    (finding,) = check("NM07", f"{classes(5)}\nclass D:  # offends 2\n{BODY}\nclass E:\n{BODY}\n")
    assert finding.message.startswith("7 public classes in one module, limit 5: `C0`, `C1`")


def test_at_most_five() -> None:
    more = classes(14, "class D{}:")
    check("NM07", f"{classes(5)}\nclass X:  # offends 1\n{BODY}\n")
    check("NM07", f"{classes(5)}\nclass X:  # offends 5\n{BODY}\n{more}\n")


def test_five_are_fine_and_data_errors_and_small_classes_do_not_count() -> None:
    data = classes(3, "@dataclass\nclass D{}:")
    errors = classes(3, "class E{}(ValueError):")
    states = classes(3, "class S{}(Enum):")
    ports = classes(3, "class P{}(Protocol):")
    hidden = classes(3, "class _H{}:")
    small = "\n".join(f"class T{number}: ..." for number in range(9))
    check("NM07", "\n".join((classes(5), data, errors, states, ports, hidden, small)) + "\n")
