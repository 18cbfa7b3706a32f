"""Calls that reach outside, tests that check nothing, and texts that may be names."""

from __future__ import annotations

from tests.scanner.child.facts import facts


def test_calls_that_reach_outside() -> None:
    found = facts("""
        import redis.asyncio
        from subprocess import run as start
        from httpx import AsyncClient
        A = open("a").read()
        def f(path):
            open("b")
            start(["c"])
            path.read_text()
            return [AsyncClient() for _ in "ab"]
        class C:
            text = path.read_text(
                "utf-8"
            )
            def m(self, client=redis.Redis()): ...
        later = lambda: open("d")
        if __name__ == "__main__":
            start(["e"])
    """).resource_calls
    assert [
        (each.line, each.end_line, each.symbol, each.name, each.kind, each.in_function)
        for each in found
    ] == [
        (4, 4, "<module>", "open", "file", False),
        (9, 9, "f", "httpx.AsyncClient", "client", True),
        (11, 13, "C", "path.read_text", "file", False),
        (17, 17, "<module>", "subprocess.run", "process", False),
    ]
    assert [each.in_main_guard for each in found] == [False, False, False, True]
    assert len({each.digest for each in found}) == 4


def test_tests_that_check_nothing() -> None:
    found = facts("""
        def test_a():
            x = make(1)
            x.run().stop()
        class T:
            def test_b(self):
                def inner():
                    assert 1
                inner()
            def test_c(self): self.assertTrue(1)
            def other(self): ...
        def test_d(mock): mock._check_all()
    """).unchecked_tests
    assert [(each.symbol, each.line, each.calls) for each in found] == [
        ("test_a", 1, ("make", "run", "stop"))
    ]


def test_texts_that_may_be_names_of_modules() -> None:
    source = """
        A = ["shop.urls", 'shop.apps.Shop', "shop.urls", "shop", "a b.c", "1.2", "x."]
    """
    assert facts(source).dotted_texts == ("shop.urls", "shop.apps.Shop")


def test_at_most_five_hundred_texts_are_kept() -> None:
    source = "A = " + repr([f"a.b{number}" for number in range(600)])
    assert len(facts(source).dotted_texts) == 500


def test_lines_that_are_matched_are_checked() -> None:
    source = "def test_a(run):\n    run().stdout.{}(['x'])\n"
    for name in ("fnmatch_lines", "no_fnmatch_line", "re_match_lines"):
        assert facts(source.format(name)).unchecked_tests == ()


def test_commands_of_django_that_are_called() -> None:
    found = facts("""
        from django.core.management import call_command
        call_command("close_day", verbosity=0)
        call_command(
            'close_year')
        call_command(name)
    """).dotted_texts
    assert found == ("management.commands.close_day", "management.commands.close_year")
    assert facts("def call_command(x): ...\ncall_command('close_day')\n").dotted_texts == ()
