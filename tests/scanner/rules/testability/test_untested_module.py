"""TE01 untested-module."""

from __future__ import annotations

import pytest

from tests.scanner.rules.harness import check_tree

FUNCTION = "def f(): return 1\n"
TEST = "from shop import orders\ndef test_f(): ...\n"


def test_a_module_that_no_test_reaches_costs_all_its_functions() -> None:
    (finding,) = check_tree(
        "TE01",
        {
            "shop/orders.py": FUNCTION,
            "shop/taxes.py": "def f(): return 1  # offends 2\ndef g(): return 2\n",
            "shop/names.py": "x = 1",
            "tests/test_all.py": TEST,
        },
    )
    assert finding.message == "No test reaches `taxes.py`: 2 functions."


def test_what_is_reached_by_way_of_others_costs_nothing() -> None:
    source = {"shop/orders.py": "def f():\n    from shop import taxes\n", "shop/taxes.py": FUNCTION}
    check_tree("TE01", {**source, "tests/test_all.py": TEST})


def test_folders_for_developers_need_no_tests() -> None:
    files = {"tools/__init__.py": "", "tools/build.py": FUNCTION, "shop/orders.py": FUNCTION}
    check_tree("TE01", {**files, "tests/test_all.py": TEST})


def test_imports_for_the_type_checker_reach_nothing() -> None:
    guard = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop import taxes\n"
    check_tree(
        "TE01",
        {
            "shop/orders.py": guard + FUNCTION,
            "shop/taxes.py": "def f(): return 1  # offends 1",
            "tests/test_all.py": TEST,
        },
    )


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("tests/test_taxes.py", "def test_f(): ..."),
        ("tests/taxes_test.py", "def test_f(): ..."),
        ("tests/test_more.py", "import shop.taxes"),
        ("tests/test_more.py", "def test_f():\n    from shop.taxes import f\n"),
        ("tests/conftest.py", "from shop.taxes import f"),
    ],
)
def test_a_name_or_an_import_speaks_for_a_module(path: str, source: str) -> None:
    check_tree(
        "TE01",
        {
            "shop/__init__.py": "",
            "shop/orders.py": FUNCTION,
            "shop/taxes.py": FUNCTION,
            "tests/test_all.py": TEST,
            path: source,
        },
    )


def test_a_package_hands_on_what_it_imports() -> None:
    check_tree(
        "TE01",
        {
            "shop/__init__.py": "from shop.orders import f\nfrom shop.taxes import g\n",
            "shop/orders.py": FUNCTION,
            "shop/taxes.py": "def g(): return 1",
            "tests/test_all.py": "from shop import f\ndef test_f(): ...\n",
        },
    )


def test_what_is_loaded_by_its_name_or_found_by_walking_is_reached() -> None:
    check_tree(
        "TE01",
        {
            "manage.py": "import os\nos.environ['S'] = 'shop.settings'\n",
            "shop/settings.py": "APPS = ['shop.taxes']\n" + FUNCTION,
            "shop/taxes.py": FUNCTION,
            "shop/rules/__init__.py": "import pkgutil",
            "shop/rules/one.py": FUNCTION,
            "shop/alone.py": "def f(): return 1  # offends 1",
            "tests/test_all.py": "def test_f(): ...",
        },
    )


def test_what_django_loads_by_its_place_is_reached_with_its_app() -> None:
    django = "from django import template\n" + FUNCTION
    check_tree(
        "TE01",
        {
            "shop/__init__.py": "",
            "shop/orders.py": FUNCTION,
            "shop/apps.py": django,
            "shop/admin.py": "def f(): return 1  # offends 1",
            "shop/templatetags/prices.py": django,
            "bank/apps.py": "from django import apps  # offends 1\n" + FUNCTION,
            "tests/test_all.py": TEST,
        },
    )


@pytest.mark.parametrize(
    "called",
    [
        "from django.core.management import call_command\ncall_command('close_day')",
        "from django.core import management\nmanagement.call_command(\n    'close_day', 1)",
    ],
)
def test_commands_that_a_test_calls_are_imported(called: str) -> None:
    check_tree(
        "TE01",
        {
            "shop/management/commands/close_day.py": FUNCTION,
            "shop/management/commands/close_year.py": "def f(): return 1  # offends 1",
            "tests/test_all.py": f"{called}\ndef test_f(): ...\n",
        },
    )


@pytest.mark.parametrize(
    ("module", "test", "speaks"),
    [
        ("shop/web_middlewares.py", "tests/test_web_middleware.py", True),
        ("shop/bulk_download.py", "tests/test_api_bulk_download.py", True),
        ("shop/remove_catalogues.py", "tests/test_catalogues_remove.py", True),
        ("shop/bulk_download.py", "tests/test_download.py", False),
        ("shop/pages/copy.py", "tests/test_copy_page.py", True),
        ("shop/pages/copy.py", "tests/pages/test_copy_all.py", True),
        ("shop/pages/copy.py", "tests/test_copy_all.py", False),
        ("shop/_copy.py", "tests/test_copy.py", True),
        ("shop/copy/__init__.py", "tests/test_copy.py", True),
    ],
)
def test_the_words_of_names_are_compared(module: str, test: str, speaks: bool) -> None:
    source = FUNCTION if speaks else "def f(): return 1  # offends 1"
    check_tree("TE01", {module: source, test: "def test_f(): ..."})


def test_functions_without_a_body_need_no_test() -> None:
    check_tree(
        "TE01",
        {
            "shop/ports.py": "class P:\n    def f(self): ...\n",
            "shop/taxes.py": "def f(): ...  # offends 1\ndef g(): return 1\n",
            "tests/test_all.py": "def test_f(): ...",
        },
    )
