"""NM06 missing-public-docstring."""

from __future__ import annotations

import pytest

from tests.scanner.rules.harness import block, check

BODY = block(11)
METHOD = block(11, indent=8)
FUNCTION = f"def total():\n{BODY}\n"
FOUND = f"def total():  # offends 0.5\n{BODY}\n"


def test_classes_functions_and_methods_are_found() -> None:
    found = check(
        "NM06",
        f"""'Orders.'
class Order:  # offends 0.5
{BODY}
class Line:
    'A line.'
    def add(self):  # offends 0.5
{METHOD}
def total():  # offends 0.5
{BODY}
""",
    )
    assert [finding.symbol for finding in found] == ["Order", "Line.add", "total"]


def test_a_module_counts_from_three_names_on_that_count_themselves() -> None:
    told = f"    'Of all lines.'\n{BODY}\n"
    three = "".join(f"def total_{name}():\n{told}" for name in "abc")
    (finding,) = check("NM06", f"import os  # offends 0.5\n{three}")
    assert finding.symbol == "<module>"
    two = "".join(f"def total_{name}():\n{told}" for name in "ab")
    check("NM06", f"{two}def short(): ...\nclass Line(Base):\n{BODY}\n")


def test_docstrings_and_short_bodies_are_fine() -> None:
    check(
        "NM06",
        f"""class Order:
    'An order.'
{BODY}
def total():
    'All of it.'
{BODY}
def short():
{block(10)}
def _private():
{BODY}
""",
    )


@pytest.mark.parametrize(
    "base", ["Base", "asyncio.Protocol", "ValueError", "models.Model", "TypedDict"]
)
def test_what_a_base_may_say_is_not_judged(base: str) -> None:
    source = f"import asyncio\nclass Order({base}):\n    x = 1\n    def add(self):\n{METHOD}\n"
    check("NM06", source)


@pytest.mark.parametrize("base", ["object", "ABC", "Generic[T]", "Protocol"])
def test_some_bases_say_nothing(base: str) -> None:
    imports = "from abc import ABC\nfrom typing import Generic, Protocol\n"
    check("NM06", f"{imports}class Order({base}):  # offends 0.5\n    x = 1\n{BODY}\n")


@pytest.mark.parametrize(
    "decorator",
    [
        "property",
        "overload",
        'field_validator("x")',
        "app.get('/')",
        "router.post('/', status_code=201)",
        "pytest.fixture",
        "receiver(post_save)",
        "library.register('x')",
        "hookimpl(tryfirst=True)",
    ],
)
def test_what_a_framework_calls_is_not_judged(decorator: str) -> None:
    check("NM06", f"@{decorator}\n{FUNCTION}")


@pytest.mark.parametrize(
    "head", ["total(request)", "pytest_configure(config)", "main()", "setup(app)"]
)
def test_names_that_frameworks_fix_are_not_judged(head: str) -> None:
    check("NM06", f"def {head}:\n{BODY}\n")


@pytest.mark.parametrize("decorator", ["cache", "click.command()", "app.command()"])
def test_commands_and_what_is_only_wrapped_are_judged(decorator: str) -> None:
    check("NM06", f"@{decorator}\n{FOUND}")


def test_data_and_exceptions_speak_for_themselves() -> None:
    check(
        "NM06",
        f"""from dataclasses import dataclass
@dataclass
class Order:
    x: int
{BODY}
class OrderError(LookupError):
{BODY}
""",
    )


@pytest.mark.parametrize("path", ["shop/_orders.py", "_shop/orders.py", "src/_shop/x/orders.py"])
def test_private_modules_and_packages_need_none(path: str) -> None:
    check("NM06", FUNCTION, path=path)


def test_facades_are_judged_and_programs_are_not() -> None:
    check("NM06", FOUND, path="shop/__init__.py")
    check("NM06", f"{FUNCTION}if __name__ == '__main__':\n    total()\n")
