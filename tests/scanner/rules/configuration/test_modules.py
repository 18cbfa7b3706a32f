"""Which classes and modules hold settings, and how many."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.scanner.rules.harness import judge


def sites(source: str, path: str = "shop/a.py") -> int:
    """The sites of the principle in one module."""
    principles = judge({path: dedent(source)}).principles
    return next(item.tally.n for item in principles if item.key == "configuration")


@pytest.mark.parametrize(
    "head",
    [
        "class Shop(BaseSettings):",
        "class Shop(pydantic_settings.BaseSettings):",
        "class Shop(AppBaseSettings):",
        "class ShopConfig(BaseModel):",
        "@dataclass\nclass ShopConfig:",
        "@dataclasses.dataclass(frozen=True)\nclass ShopSettings:",
        "@attrs.define\nclass Configuration:",
    ],
)
def test_the_fields_of_settings_classes(head: str) -> None:
    assert sites(f"{head}\n    host: str\n    port: int = 80\n    name = 'x'\n") == 3


@pytest.mark.parametrize(
    "head",
    ["class Shop(AppConfig):", "class Config:", "class Shop(Base):", "@dataclass\nclass Order:"],
)
def test_other_classes_hold_none(head: str) -> None:
    assert sites(f"{head}\n    host: str\n    port: int = 80\n") == 0


def test_the_constants_of_a_settings_module() -> None:
    source = "".join(f"NAME_{number} = {number}\n" for number in range(6)) + "lower = 1\n"
    assert sites(source, "shop/settings.py") == 6
    assert sites(source, "shop/prices.py") == 0
    assert sites("DEBUG = True\n", "shop/settings.py") == 0
