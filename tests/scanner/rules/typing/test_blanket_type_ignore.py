"""TY05 blanket-type-ignore."""

from __future__ import annotations

from tests.scanner.rules.harness import PATH, check, judge


def test_each_ignore_without_a_code_costs_one() -> None:
    first, second, third = check(
        "TY05",
        """
        import a  # type: ignore  # offends 1

        class A:
            def f(self) -> None:
                self.x = 1  # type: ignore # offends 1
                self.y = 1  #type:ignore  # offends 1
        """,
    )
    assert first.symbol == "<module>"
    assert second.symbol == third.symbol == "A.f"
    assert second.fingerprint != third.fingerprint
    assert first.message == (
        "`# type: ignore` without a code hides every type error on this line; name the one that "
        "is meant, like `# type: ignore[arg-type]`."
    )


def test_a_code_makes_it_fine() -> None:
    check(
        "TY05",
        """
        import a  # type: ignore[import-untyped]

        b = "# type: ignore"

        def f() -> None: ...
        """,
    )


def test_before_all_code_it_speaks_for_the_file() -> None:
    source = "#!/usr/bin/env python\n\n# type: ignore\nimport a\n\ndef f() -> None: ...\n"
    (finding,) = [f for f in judge({PATH: source}).findings if f.principle == "typing"]
    assert finding.line == 3
    assert "every type error in this file" in finding.message


def test_it_is_pure_debt() -> None:
    source = "def f() -> None:\n    g()  # type: ignore\n"
    verdict = judge({PATH: source})
    typing = next(each for each in verdict.principles if each.key == "typing")
    assert (typing.tally.n, typing.tally.conforming, typing.tally.debt) == (
        1,
        1_000_000,
        1_000_000,
    )
