"""CF04 environment-write."""

from __future__ import annotations

import pytest

from tests.scanner.rules.harness import check, judge

WRITE = 'import os\n\ndef run():\n    os.environ["SHOP_REGION"] = "x"{}\n'


def test_writes_are_advisory() -> None:
    (finding,) = check("CF04", WRITE.format("  # offends 0"))
    assert finding.message == (
        "`SHOP_REGION` is written into the environment of the whole process."
    )
    assert finding.symbol == "run"


def test_they_are_no_sites() -> None:
    principles = judge({"shop/a.py": WRITE.format("")}).principles
    each = next(item for item in principles if item.key == "configuration")
    assert (each.tally.n, each.tally.debt, each.score) == (0, 0, 100.0)


def test_what_stays_and_what_does_not() -> None:
    check(
        "CF04",
        """
        import os
        from os import environ as outer

        def run(name):
            os.putenv("SHOP_A", "x")  # offends 0
            outer["SHOP_B"] = "x"  # offends 0
            os.environ.setdefault("SHOP_C", "x")
            os.environ[name] = "x"
            os.environ["PATH"] = "/bin"
            os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings"
            os.environ.pop("SHOP_D")

        def restored():
            os.environ["SHOP_E"] = "x"
            try:
                run("a")
            finally:
                del os.environ["SHOP_E"]

        def wsgi(environ):
            environ["SHOP_F"] = "x"
        """,
    )


@pytest.mark.parametrize("path", ["shop/cli.py", "shop/settings.py", "shop/conf/base.py", "run.py"])
def test_command_line_code_and_configuration_may_write(path: str) -> None:
    check("CF04", WRITE.format(""), path=path)
