"""LA03 import-cycle."""

from __future__ import annotations

from scanner.domain.findings import MILLION, Finding, Place
from tests.scanner.rules.harness import check_tree, judge


def cycles(files: dict[str, str]) -> tuple[Finding, ...]:
    """The findings of the rule, each with the sum of its charges checked."""
    found = tuple(item for item in judge(files).findings if item.rule == "LA03")
    for finding in found:
        assert sum(charge.cost for charge in finding.charges) == finding.cost
        paths = {finding.path, *(place.path for place in finding.related)}
        assert {charge.path for charge in finding.charges} <= paths
    return found


def charges(finding: Finding) -> list[tuple[str, int, float]]:
    """Path, line and cost of each charge, in the principle's unit."""
    return [(charge.path, charge.line, charge.cost / MILLION) for charge in finding.charges]


def test_two_modules_that_import_each_other() -> None:
    (finding,) = check_tree(
        "LA03",
        {
            "shop/customers.py": """
                import json
                from shop.orders import Order  # offends 2
            """,
            "shop/orders.py": "from shop import customers",
            "shop/views.py": "from shop import orders",
        },
    )
    assert finding.message == (
        "2 modules import each other in a circle: shop.customers -> shop.orders -> shop.customers."
    )
    assert charges(finding) == [("shop/customers.py", 2, 1), ("shop/orders.py", 1, 1)]
    assert finding.related == (Place("shop/orders.py", 1),)
    assert finding.symbol == "<module>"


def test_modules_that_import_one_way_are_fine() -> None:
    check_tree("LA03", {"a.py": "import b, c", "b.py": "import c", "c.py": ""})


def test_the_shortest_circle_of_a_group_is_spelled_out() -> None:
    (finding,) = cycles(
        {
            "a.py": "import b",
            "b.py": "import c",
            "c.py": "import a\nimport d\n",
            "d.py": "import c",
            "e.py": "import a",
        }
    )
    assert finding.message == (
        "4 modules hang together in circles of imports; the shortest: c -> d -> c."
    )
    assert (finding.path, finding.line) == ("c.py", 2)
    assert finding.cost == 5 * MILLION
    assert finding.related == (Place("a.py", 1), Place("b.py", 1), Place("d.py", 1))


def test_one_finding_for_each_group() -> None:
    found = cycles({"a.py": "import b", "b.py": "import a", "c.py": "import d", "d.py": "import c"})
    assert [finding.path for finding in found] == ["a.py", "c.py"]


def test_a_statement_bears_all_its_edges_and_repeats_bear_none() -> None:
    (finding,) = cycles(
        {
            "p/__init__.py": "",
            "p/a.py": "from p import b, c\nimport p.b\n",
            "p/b.py": "import p.a",
            "p/c.py": "import p.a",
        }
    )
    assert charges(finding) == [("p/a.py", 1, 2), ("p/b.py", 1, 1), ("p/c.py", 1, 1)]


def test_imports_in_functions_and_for_the_type_checker_close_no_circle() -> None:
    source = "def f():\n    import b\n"
    source += "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import b\n"
    assert cycles({"a.py": source, "b.py": "import a"}) == ()


def test_an_import_of_ones_own_package_is_a_quarter() -> None:
    (finding,) = cycles(
        {
            "p/__init__.py": "from p.a import f\nfrom p.b import g\nVERSION = 1\n",
            "p/a.py": "import os\nfrom p import VERSION\n",
            "p/b.py": "from p.a import f",
        }
    )
    assert finding.message == (
        "3 modules hang together in circles of imports; the shortest: p -> p.a -> p."
    )
    assert charges(finding) == [("p/a.py", 2, 0.25)]
    assert (finding.path, finding.line) == ("p/__init__.py", 1)
    assert finding.related == (Place("p/a.py", 2), Place("p/b.py", 1))


def test_a_circle_that_needs_no_package_is_spelled_out_first() -> None:
    (finding,) = cycles(
        {
            "p/__init__.py": "from p import a",
            "p/a.py": "from p import V\nfrom p import b\n",
            "p/b.py": "from p import c",
            "p/c.py": "from p import a",
        }
    )
    assert "the shortest: p.a -> p.b -> p.c -> p.a." in finding.message
    assert charges(finding) == [
        ("p/a.py", 1, 0.25),
        ("p/a.py", 2, 1),
        ("p/b.py", 1, 1),
        ("p/c.py", 1, 1),
    ]


def test_another_package_is_a_whole() -> None:
    (finding,) = cycles(
        {
            "p/__init__.py": "from p import a",
            "p/a.py": "import q",
            "q/__init__.py": "from q import b",
            "q/b.py": "import p",
        }
    )
    assert finding.cost == 4 * MILLION


def test_a_package_that_gathers_its_names_is_no_circle() -> None:
    assert (
        cycles(
            {
                "p/__init__.py": "from p.a import f\nfrom .b import g\n",
                "p/a.py": "from p.b import g",
                "p/b.py": "",
                "q.py": "import p.a",
            }
        )
        == ()
    )


def test_long_circles_are_cut_in_the_message() -> None:
    files = {f"m{number:02}.py": f"import m{(number + 1) % 20:02}" for number in range(20)}
    (finding,) = cycles(files)
    assert finding.message.endswith("m10 -> m11 -> ... (8 more) -> m00.")
    assert len(finding.related) == 19


def test_the_effort_grows_with_the_imports() -> None:
    small = cycles({"a.py": "import b", "b.py": "import a"})[0]
    ring = {f"m{number:03}.py": f"import m{(number + 1) % 100:03}" for number in range(100)}
    assert (small.effort, cycles(ring)[0].effort) == (30, 960)


def test_a_growing_file_does_not_make_it_new() -> None:
    before = cycles({"a.py": "import b", "b.py": "import a"})
    after = cycles(
        {"a.py": '"""Doc."""\nimport b\nX = 1\n', "b.py": "import a", "c.py": "import a"}
    )
    assert before[0].fingerprint == after[0].fingerprint


def test_each_charge_lowers_its_own_file() -> None:
    files = {"a.py": "import b\n" * 3, "b.py": "import a", "c.py": "import a"}
    scores = {file.path: dict(file.scores)["layering"] for file in judge(files).files}
    assert scores["b.py"] < scores["a.py"] < scores["c.py"] == 100.0


def test_what_only_a_program_imports_closes_no_circle() -> None:
    guarded = """
        import json
        if __name__ == "__main__":
            from shop.orders import main
            main()
    """
    check_tree("LA03", {"shop/views.py": guarded, "shop/orders.py": "from shop import views"})
