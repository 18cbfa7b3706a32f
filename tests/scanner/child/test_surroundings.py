"""What stands around a print."""

from __future__ import annotations

import pytest

from scanner.domain.facts import PrintCall
from tests.scanner.child.facts import facts


def printed(source: str) -> PrintCall:
    """The only print of a module."""
    (found,) = facts(source).print_calls
    return found


def test_conditions_are_those_of_every_if_around() -> None:
    found = printed("""
        if DEBUG:
            class A:
                def f(self, options):
                    for each in self.all:
                        if options.verbose > limit:
                            pass
                        else:
                            print(each)
    """)
    assert found.conditions == ("DEBUG", "verbose", "options", "limit")


def test_conditions_of_other_branches_do_not_count() -> None:
    assert (
        printed("""
        if a:
            pass
        print(b)
        if c:
            pass
    """).conditions
        == ()
    )


@pytest.mark.parametrize(
    "ending", ["sys.exit(1)", "exit()", "raise SystemExit(1)", "raise SystemExit"]
)
def test_a_block_that_ends_the_program(ending: str) -> None:
    assert printed(f"for a in b:\n    print(a)\n{ending}\n").ends_program


@pytest.mark.parametrize("ending", ["raise ValueError(1)", "leave()", "return 1"])
def test_a_block_that_goes_on(ending: str) -> None:
    assert not printed(f"def f():\n    print(a)\n    {ending}\n").ends_program


def test_the_end_of_the_module_is_not_that_of_a_function() -> None:
    assert not printed("def f():\n    print(a)\nexit()\n").ends_program


def test_a_dialogue_is_one_of_the_same_function() -> None:
    found = facts("""
        def f():
            print("a")
            input()
        def g():
            print("b")
    """).print_calls
    assert [each.in_dialogue for each in found] == [True, False]
