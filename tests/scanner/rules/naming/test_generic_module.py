"""NM04 generic-module."""

from __future__ import annotations

import pytest

from tests.scanner.rules.harness import check, numbered

LONG = "\n".join(numbered(99))


@pytest.mark.parametrize("name", ["utils", "util", "helpers", "helper", "common", "misc"])
def test_a_long_module_of_such_a_name_is_found(name: str) -> None:
    (finding,) = check("NM04", f"first = 1  # offends 2\n{LONG}", path=f"shop/{name}.py")
    assert finding.message.startswith(f"`{name}.py` says nothing of its 100 lines")


def test_short_ones_and_packages_are_fine() -> None:
    check("NM04", LONG, path="shop/utils.py")
    check("NM04", f"first = 1\n{LONG}", path="shop/utils/__init__.py")
    check("NM04", f"first = 1\n{LONG}", path="shop/retrying.py")
