"""FF08 suppress-broad."""

from __future__ import annotations

import pytest

from tests.scanner.rules.harness import check


@pytest.mark.parametrize("types", ["Exception", "BaseException", "KeyError, Exception"])
def test_suppressing_everything(types: str) -> None:
    (finding,) = check(
        "FF08",
        f"""
        import contextlib

        with contextlib.suppress({types}):  # offends 2
            cache.delete(key)
        """,
    )
    assert finding.message == (
        f"`suppress({types})` around `cache.delete` swallows every error; name the one you expect."
    )


def test_suppressing_what_is_expected_is_fine() -> None:
    check(
        "FF08",
        """
        from contextlib import suppress

        with suppress(KeyError, FileNotFoundError):
            cache.delete(key)
        with shop.suppress(Exception):
            cache.delete(key)
        """,
    )


def test_closing_is_exempt() -> None:
    check(
        "FF08",
        """
        from contextlib import suppress

        def shutdown():
            with suppress(Exception):
                work()

        def swap(old, new):
            with suppress(Exception):
                old.close()
            with suppress(Exception):  # offends 2
                new.open()
        """,
    )


def test_a_name_may_say_that_errors_are_passed_over() -> None:
    check(
        "FF08",
        """
        from contextlib import suppress

        def drop_exception(task):
            with suppress(Exception):  # offends 1
                task.result()
        """,
    )
