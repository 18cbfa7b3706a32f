"""NM06 missing-public-docstring."""

from __future__ import annotations

from tests.scanner.rules.harness import block, check

SIX = block(6, indent=12)


def test_modules_classes_and_functions_are_found() -> None:
    found = check(
        "NM06",
        f"""
        import os  # offends 0.5

        class Order:  # offends 0.5
{SIX}

        def total():  # offends 0.5
{SIX}

        class Line:
            'A line.'
            def add(self):  # offends 0.5
{block(6, indent=16)}
        """,
    )
    assert [finding.symbol for finding in found] == [
        "<module>",
        "Order",
        "total",
        "Line.add",
    ]


def test_docstrings_and_short_bodies_are_fine() -> None:
    check(
        "NM06",
        f"""
        'Orders.'

        class Order:
            'An order.'
{SIX}

        def total():
            'All of it.'
{SIX}

        def short():
{block(5, indent=12)}

        def _private():
{SIX}
        """,
    )


def test_what_is_said_elsewhere_is_not_judged() -> None:
    check(
        "NM06",
        f"""
        'Orders.'
        from pydantic import field_validator

        class OrderError(ValueError):
{SIX}

        class Order(Base):
            'An order.'
            class Meta:
                a = 1
            def add(self):
{block(6, indent=16)}

        class Line:
            'A line.'
            @property
            def total(self):
{block(6, indent=16)}
            @field_validator("x")
            def check(cls, x):
{block(6, indent=16)}
        """,
    )


def test_private_modules_and_packages_need_none() -> None:
    source = block(8, indent=0)
    check("NM06", source, path="shop/_orders.py")
    check("NM06", source, path="shop/__init__.py")
    check("NM06", "import a\nimport b\nimport c\nimport d\n")
    check("NM06", "x = 1\ny = 2\nz = 3\n")
