"""LA04 too-many-imports."""

from __future__ import annotations

from scanner.domain.findings import Finding
from scanner.domain.rubric import DEFAULT, Rubric
from scanner.domain.rubric_file import load
from tests.scanner.rules.harness import PATH, check_tree


def check(
    rule: str, text: str, *, path: str = PATH, rubric: Rubric = DEFAULT
) -> tuple[Finding, ...]:
    """Judge one module beside another: layering needs two."""
    return check_tree(rule, {path: text, "shop/other.py": ""}, rubric=rubric)


def imports(count: int, indent: str = "") -> str:
    """That many statements, each for a module of its own."""
    return "".join(f"{indent}import module_{number}\n" for number in range(count))


def test_a_quarter_for_each_module_beyond_twenty() -> None:
    (finding,) = check(
        "LA04", f"{imports(20)}import one  # offends 0.5\nfrom two import x\nX = 1\n"
    )
    assert finding.message == (
        "Imports 22 modules, limit 20; move a part that needs a group of them into a module of its "
        "own."
    )
    assert (finding.end_line, finding.symbol) == (22, "<module>")


def test_twenty_are_fine() -> None:
    check("LA04", imports(20) + "X = 1\n")


def test_at_most_five() -> None:
    check(
        "LA04",
        f"{imports(20)}import more  # offends 5\n"
        + "".join(f"import other_{number}\n" for number in range(40))
        + "X = 1\n",
    )


def test_a_module_counts_once() -> None:
    check("LA04", f"{imports(20)}{imports(20)}from module_1 import a, b\nX = 1\n")


def test_submodules_count_each_and_names_together() -> None:
    files = {f"p/m{number}.py": "" for number in range(12)}
    names = ", ".join(f"m{number}" for number in range(12))
    source = f"from p import {names}\n{imports(8)}import one  # offends 0.25\nfrom x import a, b\n"
    with_names = source.replace("from x import a, b", "from module_1 import a, b")
    check_tree("LA04", {**files, "p/__init__.py": "", "q.py": f"{with_names}X = 1\n"})


def test_typing_functions_and_type_checking_are_not_counted() -> None:
    source = (
        imports(19)
        + "from __future__ import annotations\nimport typing\nfrom typing_extensions import Self\n"
        + "from collections.abc import Iterator\nif typing.TYPE_CHECKING:\n    import a, b, c\n"
        + "def f():\n    import d, e, g\nimport last\n"
    )
    check("LA04", source)


def test_a_package_and_a_module_of_imports_alone_may() -> None:
    check("LA04", imports(30) + "X = 1\n", path="shop/__init__.py")
    check("LA04", '"""All names."""\n' + imports(30) + "__all__ = []\n")


def test_the_limit_comes_from_the_rubric() -> None:
    rubric = load(b"[limits]\nimports = 2\n")
    check("LA04", "import a, b\nimport c  # offends 0.25\nX = 1\n", rubric=rubric)
