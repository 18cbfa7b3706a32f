"""CF03 scattered-environment-read."""

from __future__ import annotations

import pytest

from tests.scanner.rules.harness import check, judge

READ = 'import os\n\nHOST = os.environ["SHOP_HOST"]{}\n'


def test_all_ways_to_read() -> None:
    found = check(
        "CF03",
        """
        import os
        from os import environ as env, getenv

        HOST = os.environ["SHOP_HOST"]  # offends 0.5

        def send(environ):
            name = env.get("SHOP_NAME")  # offends 0.5
            mail = getenv("SHOP_MAIL", "a@example.org")  # offends 0.5
            return environ.get("wsgi.input"), environ["REQUEST_METHOD"], name, mail
        """,
    )
    assert found[0].message == "`SHOP_HOST` is read from the environment outside configuration."


@pytest.mark.parametrize(
    "path",
    [
        "shop/settings.py",
        "shop/settings_base.py",
        "shop/app_settings.py",
        "shop/settings/base.py",
        "shop/config.py",
        "shop/conf/mail.py",
        "shop/configuration/__init__.py",
        "shop/env.py",
        "shop/environment.py",
        "shop/constants.py",
        "shop/defaults.py",
        "shop/gunicorn_conf.py",
    ],
)
def test_configuration_modules_may_read(path: str) -> None:
    check("CF03", READ.format(""), path=path)


@pytest.mark.parametrize(
    "path", ["shop/cli.py", "shop/__main__.py", "shop/commands/a.py", "app.py"]
)
def test_command_line_code_may_read(path: str) -> None:
    check("CF03", READ.format(""), path=path)


@pytest.mark.parametrize("path", ["shop/mail.py", "shop/configure/x/mail.py", "shop/envelope.py"])
def test_other_modules_may_not(path: str) -> None:
    check("CF03", READ.format("  # offends 0.5"), path=path)


def test_a_settings_class_makes_a_configuration_module() -> None:
    check(
        "CF03",
        """
        import os
        from pydantic_settings import BaseSettings

        class Shop(BaseSettings):
            host: str = os.environ["SHOP_HOST"]

        NAME = os.environ["SHOP_NAME"]
        """,
    )


@pytest.mark.parametrize(
    "symbol",
    [
        "def read_settings",
        "def from_env",
        "def load_config",
        "class ShopConfig",
        "class EnvOptions",
    ],
)
def test_functions_and_classes_for_configuration_may_read(symbol: str) -> None:
    check("CF03", f'import os\n\n{symbol}():\n    host = os.environ["SHOP_HOST"]\n')


@pytest.mark.parametrize(
    "key",
    ["PATH", "HOME", "https_proxy", "LC_ALL", "XDG_CACHE_HOME", "CI", "GITHUB_SHA", "PYTHONPATH",
     "PGHOST", "WORKER_PID"],
)  # fmt: skip
def test_values_of_the_platform_are_no_configuration(key: str) -> None:
    source = f'import os\n\nVALUE = os.environ.get("{key}")\n'
    check("CF03", source)
    principles = judge({"shop/mail.py": source}).principles
    assert next(item.tally.n for item in principles if item.key == "configuration") == 0


def test_switches() -> None:
    check(
        "CF03",
        """
        import os

        if os.environ.get("SHOP_FAST"):
            import fast
        STRICT = os.environ.get("SHOP_STRICT", "0") == "1"
        LOUD = bool(os.environ.get("SHOP_LOUD"))
        DEBUG = os.environ.get("SHOP_DEBUG", "no")
        CACHE = os.environ.get("SHOP_NO_CACHE", "no")
        HIDDEN = os.environ.get("_SHOP_HIDDEN", "no")
        NAME = os.environ.get("SHOP_NAME") or "shop"  # offends 0.5

        def send():
            if os.environ.get("SHOP_SENDS"):  # offends 0.5
                return 1
            if found := os.environ.get("SHOP_FOUND"):  # offends 0.5
                return found
        """,
    )


def test_what_is_no_read_of_a_known_value_is_fine() -> None:
    check(
        "CF03",
        """
        import os

        def read(key):
            return os.environ[key]

        everything = dict(os.environ)
        has = "SHOP_HOST" in os.environ

        if __name__ == "__main__":
            print(os.environ["SHOP_HOST"])
        """,
    )


def test_every_read_is_a_site() -> None:
    def tally(path: str) -> int:
        principles = judge({path: READ.format("")}).principles
        return next(item.tally.n for item in principles if item.key == "configuration")

    assert tally("shop/mail.py") == 1
    assert tally("shop/settings.py") == 1
