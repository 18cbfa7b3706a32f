"""FF02 bare-except."""

from __future__ import annotations

import pytest

from tests.scanner.rules.harness import check


def test_a_bare_clause_that_tells_but_does_not_raise() -> None:
    (finding,) = check(
        "FF02",
        """
        try:
            sync(account)
        except:  # offends 2
            logger.error("failed")
        """,
    )
    assert finding.message == (
        "Bare `except:` around `sync` also catches Ctrl-C and SystemExit, and does not raise "
        "again. Name the errors you expect."
    )
    assert finding.detail == "also FF03 broad-except"


@pytest.mark.parametrize("body", ["logger.exception('x')", "log.error('x', exc_info=True)"])
def test_the_traceback_makes_it_cheaper(body: str) -> None:
    check("FF02", f"try:\n    sync()\nexcept:  # offends 1\n    {body}\n")


def test_so_does_a_comment() -> None:
    check(
        "FF02",
        """
        try:
            sync()
        # plugins may raise anything
        except:  # offends 1
            return_code = handle_failure()
        """,
    )


@pytest.mark.parametrize(
    "context", ["util.safe_reraise()", "excutils.save_and_reraise_exception()"]
)
def test_a_context_that_raises_again_is_a_raise(context: str) -> None:
    check("FF02", f"try:\n    sync()\nexcept:\n    with {context}:\n        undo()\n")


@pytest.mark.parametrize("body", ["raise", "undo()\n    raise", "raise SyncError() from None"])
def test_a_raise_makes_it_fine(body: str) -> None:
    check("FF02", f"try:\n    sync()\nexcept:\n    {body}\n")


def test_closing_is_no_excuse_for_catching_the_wish_to_stop() -> None:
    check("FF02", "def close():\n    try:\n        end()\n    except:  # offends 2\n        pass\n")


def test_a_clause_with_a_type_is_not_bare() -> None:
    check("FF02", "try:\n    sync()\nexcept BaseException:\n    logger.exception('x')\n")
