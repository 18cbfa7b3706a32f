"""Where import statements lead, in every layout of a tree."""

from __future__ import annotations

import pytest

from scanner.analysis.extraction import module_facts
from scanner.domain.facts import Import, Module
from scanner.domain.resolution import ModuleIndex, Resolution, Tree, is_own_package

FLAT = ("shop/__init__.py", "shop/orders.py", "shop/db/__init__.py", "shop/db/tables.py")
SOURCE = tuple(f"src/{path}" for path in FLAT)


def statement(source: str) -> Import:
    """The facts of one import statement."""
    module = module_facts(source.encode())
    assert isinstance(module, Module)
    (found,) = module.imports
    return found


def resolve(
    files: tuple[str, ...],
    importer: str,
    source: str,
    *,
    roots: tuple[str, ...] = (),
    imported: str = "",
) -> Resolution:
    """Where a statement leads; tests are out of scope as they are in a scan."""
    in_scope = {path for path in files if path.endswith(".py") and "test" not in path}
    tree = Tree(files, in_scope, roots, frozenset(imported.split()))
    return ModuleIndex(tree).resolve(importer, statement(source))


def targets(files: tuple[str, ...], importer: str, source: str) -> tuple[str, ...]:
    """The modules that a statement names."""
    return resolve(files, importer, source).targets


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import shop.db.tables", ("shop/db/tables.py",)),
        ("import shop.db", ("shop/db/__init__.py",)),
        ("import shop, shop.db.tables", ("shop/__init__.py", "shop/db/tables.py")),
        ("from shop import db", ("shop/db/__init__.py",)),
        ("from shop import VERSION", ("shop/__init__.py",)),
        ("from shop import VERSION, db", ("shop/__init__.py", "shop/db/__init__.py")),
        ("from shop.db import tables", ("shop/db/tables.py",)),
        ("from shop.db.tables import Order", ("shop/db/tables.py",)),
        ("from shop.db import *", ("shop/db/__init__.py",)),
        ("from . import db", ("shop/db/__init__.py",)),
        ("from . import VERSION", ("shop/__init__.py",)),
        ("from .db import tables as t", ("shop/db/tables.py",)),
        ("from .db.tables import Order", ("shop/db/tables.py",)),
        ("from .db import *", ("shop/db/__init__.py",)),
        ("from shop import orders", ()),
        ("import json", ()),
        ("from json import decoder", ()),
        ("from . import orders", ()),
    ],
)
def test_the_forms_of_import(source: str, expected: tuple[str, ...]) -> None:
    assert targets(FLAT, "shop/orders.py", source) == expected
    moved = tuple(f"src/{path}" for path in expected)
    assert targets(SOURCE, "src/shop/orders.py", source) == moved


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from .. import orders", ("shop/orders.py",)),
        ("from ..orders import Order", ("shop/orders.py",)),
        ("from .. import VERSION", ("shop/__init__.py",)),
        ("from ... import orders", ()),
        ("from ....... import orders", ()),
    ],
)
def test_dots_climb(source: str, expected: tuple[str, ...]) -> None:
    assert targets(FLAT, "shop/db/tables.py", source) == expected


def test_a_package_imports_its_own_modules() -> None:
    assert targets(FLAT, "shop/db/__init__.py", "from . import tables") == ("shop/db/tables.py",)
    assert targets(FLAT, "shop/db/__init__.py", "from .tables import A") == ("shop/db/tables.py",)


def test_what_leads_out_is_named_in_full() -> None:
    found = resolve(FLAT, "shop/orders.py", "from google.cloud import storage")
    assert found == Resolution((), ("google.cloud.storage",), is_internal=False)
    found = resolve(FLAT, "shop/orders.py", "import os, shop.db, redis.client")
    assert found == Resolution(("shop/db/__init__.py",), ("os", "redis.client"), is_internal=True)


def test_a_module_that_names_itself_imports_nothing() -> None:
    assert resolve(FLAT, "shop/__init__.py", "from . import VERSION") == Resolution((), (), False)


@pytest.mark.parametrize(
    "source",
    [
        "import shop.db._fast",
        "from shop.db._fast import x",
        "from shop._fast.deep import x",
        "from .db._fast import x",
        "from ._speedups import dumps",
    ],
)
def test_what_is_built_or_generated_is_internal_and_leads_nowhere(source: str) -> None:
    assert resolve(FLAT, "shop/orders.py", source) == Resolution((), (), is_internal=True)


def test_a_name_below_a_module_is_one_that_it_makes_up() -> None:
    files = (*FLAT, "shop/six.py")
    assert targets(files, "shop/orders.py", "from shop.six.moves import range") == ("shop/six.py",)
    assert targets(files, "shop/orders.py", "import shop.six.moves") == ("shop/six.py",)


def test_a_package_wins_over_a_module_of_its_name() -> None:
    files = (*FLAT, "shop/db.py")
    assert targets(files, "shop/orders.py", "from shop import db") == ("shop/db/__init__.py",)


def test_several_packages_side_by_side() -> None:
    files = (*FLAT, "mail/__init__.py", "mail/post.py")
    assert targets(files, "shop/orders.py", "from mail import post") == ("mail/post.py",)
    assert targets(files, "mail/post.py", "import shop") == ("shop/__init__.py",)


def test_packages_without_an_init() -> None:
    files = ("src/acme/shop/orders.py", "src/acme/mail/post.py", "src/acme/mail/sub/deep.py")
    importer = "src/acme/shop/orders.py"
    assert targets(files, importer, "from acme.mail import post") == ("src/acme/mail/post.py",)
    assert targets(files, importer, "import acme.mail.sub.deep") == ("src/acme/mail/sub/deep.py",)
    assert targets(files, importer, "from ..mail.post import send") == ("src/acme/mail/post.py",)
    assert targets(files, importer, "from acme import mail") == ()


def test_a_folder_alone_is_no_package_of_the_tree() -> None:
    files = (*FLAT, "docker/build.py")
    assert resolve(files, "shop/orders.py", "import docker").outside == ("docker",)
    assert resolve(files, "shop/orders.py", "from docker import errors").outside == (
        "docker.errors",
    )


MONOREPO = (
    "packages/core/pyproject.toml",
    "packages/core/src/acme/core/__init__.py",
    "packages/core/src/acme/core/base.py",
    "packages/web/pyproject.toml",
    "packages/web/acme/web/__init__.py",
    "packages/web/acme/web/views.py",
    "services/billing/app/__init__.py",
    "services/billing/app/models.py",
    "services/billing/app/main.py",
    "services/stock/app/__init__.py",
    "services/stock/app/models.py",
    "services/stock/app/main.py",
)


@pytest.mark.parametrize(
    ("importer", "source", "expected"),
    [
        (
            "packages/web/acme/web/views.py",
            "from acme.core import base",
            "packages/core/src/acme/core/base.py",
        ),
        (
            "packages/core/src/acme/core/base.py",
            "import acme.web.views",
            "packages/web/acme/web/views.py",
        ),
        (
            "packages/core/src/acme/core/base.py",
            "from . import VERSION",
            "packages/core/src/acme/core/__init__.py",
        ),
        (
            "services/stock/app/main.py",
            "from app.models import Item",
            "services/stock/app/models.py",
        ),
        (
            "services/billing/app/main.py",
            "from app.models import Item",
            "services/billing/app/models.py",
        ),
        (
            "packages/web/acme/web/views.py",
            "from app import models",
            "services/billing/app/models.py",
        ),
    ],
)
def test_a_monorepo(importer: str, source: str, expected: str) -> None:
    assert targets(MONOREPO, importer, source) == (expected,)


def test_a_declared_root_is_one() -> None:
    files = ("backend/python/orders.py", "web/views.py")
    assert targets(files, "web/views.py", "import orders") == ()
    found = resolve(files, "web/views.py", "import orders", roots=("backend/python",))
    assert found.targets == ("backend/python/orders.py",)


def test_scripts_import_what_lies_beside_them() -> None:
    files = ("jobs/nightly.py", "jobs/helpers.py", "shop/__init__.py", "shop/orders.py")
    assert targets(files, "jobs/nightly.py", "import helpers") == ("jobs/helpers.py",)
    assert targets(files, "shop/orders.py", "import helpers") == ()


def test_a_module_named_like_a_package_from_outside_is_not_meant() -> None:
    files = ("app/redis.py", "app/main.py", "app/db/__init__.py")
    alone = resolve(files, "app/main.py", "import redis")
    assert alone.targets == ("app/redis.py",)
    packaged = resolve(files, "app/main.py", "import redis", imported="app redis")
    assert packaged.outside == ("redis",)
    inside = ("shop/__init__.py", "shop/celery.py", "shop/tasks.py")
    assert targets(inside, "shop/tasks.py", "from celery import shared_task") == ()


def test_the_standard_library_is_not_shadowed_from_afar() -> None:
    files = ("src/shop/__init__.py", "src/shop/a.py", "code/__init__.py", "queue.py", "main.py")
    assert targets(files, "src/shop/a.py", "import code") == ()
    assert targets(files, "src/shop/a.py", "import queue") == ()
    assert targets(files, "main.py", "import queue") == ("queue.py",)


def test_tests_are_meant_by_nobody_but_themselves() -> None:
    files = (*FLAT, "tests/project/redis/__init__.py", "tests/fakes.py", "tests/unit/test_a.py")
    assert targets(files, "shop/orders.py", "import redis") == ()
    assert targets(files, "tests/unit/test_a.py", "import fakes") == ("tests/fakes.py",)
    assert targets(files, "tests/unit/test_a.py", "from shop import db") == ("shop/db/__init__.py",)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("packages/core/src/acme/core/base.py", "acme.core.base"),
        ("packages/core/src/acme/core/__init__.py", "acme.core"),
        ("packages/web/acme/web/views.py", "acme.web.views"),
        ("services/stock/app/main.py", "services.stock.app.main"),
    ],
)
def test_modules_go_by_dotted_names(path: str, name: str) -> None:
    index = ModuleIndex(Tree(MONOREPO, MONOREPO))
    assert index.name(path) == name


def test_a_folder_that_cannot_be_imported_is_no_part_of_a_name() -> None:
    paths = ("shop-core/shop/__init__.py", "shop-core/shop/db.py")
    assert ModuleIndex(Tree(paths, paths)).name("shop-core/shop/db.py") == "shop.db"


def test_names_in_plain_layouts() -> None:
    assert ModuleIndex(Tree(FLAT, FLAT)).name("shop/db/tables.py") == "shop.db.tables"
    assert ModuleIndex(Tree(SOURCE, SOURCE)).name("src/shop/db/__init__.py") == "shop.db"
    assert ModuleIndex(Tree(("main.py",), ("main.py",))).name("main.py") == "main"
    below_lib = ("lib/shop/__init__.py", "lib/shop/db.py")
    assert ModuleIndex(Tree(below_lib, below_lib)).name("lib/shop/db.py") == "shop.db"
    package = ("lib/__init__.py", "lib/db.py")
    assert ModuleIndex(Tree(package, package)).name("lib/db.py") == "lib.db"


def test_own_package() -> None:
    assert is_own_package("shop/db/tables.py", "shop/db/__init__.py")
    assert is_own_package("shop/db/tables.py", "shop/__init__.py")
    assert is_own_package("shop/orders.py", "__init__.py")
    assert not is_own_package("shop/orders.py", "shop/db/__init__.py")
    assert not is_own_package("shop/db/tables.py", "shop/orders.py")
