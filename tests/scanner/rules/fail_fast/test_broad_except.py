"""FF03 broad-except."""

from __future__ import annotations

import pytest

from tests.scanner.rules.harness import check


def handler(body: str, mark: str = "", clause: str = "except Exception as error:") -> str:
    """A try around one call."""
    return f"try:\n    load(feed)\n{clause}{mark}\n    {body}\n"


@pytest.mark.parametrize(
    "body",
    [
        "logger.error('failed')",
        "logging.warning('failed')",
        "self.log.info('failed')",
        "print('failed')",
        "click.echo('failed')",
        "log_error('failed')",
        "show_message('failed')",
        "sys.stdout.write('failed')",
        "logger.error('failed', exc_info=False)",
    ],
)
def test_telling_without_the_error_or_its_traceback(body: str) -> None:
    (finding,) = check("FF03", handler(body, "  # offends 1"))
    assert finding.message == (
        "`except Exception` around `load` tells neither the error nor its traceback, and goes on; "
        "log the traceback, or catch the errors you expect, by type."
    )


@pytest.mark.parametrize(
    "body",
    [
        "logger.error('failed: %s', error)",
        "logger.error(f'failed: {error!r}')",
        "logger.error('failed: ' + str(error))",
        "print('failed', error)",
        "warning(error)",
    ],
)
def test_naming_the_error_is_half_as_bad(body: str) -> None:
    (finding,) = check("FF03", handler(body, "  # offends 0.5"))
    assert "tells the error without its traceback, and goes on" in finding.message


@pytest.mark.parametrize(
    "body",
    [
        "logger.exception('failed')",
        "logger.error('failed', exc_info=error)",
        "logger.error(traceback.format_exc())",
        "traceback.print_exc()",
        "sentry_sdk.capture_exception(error)",
        "logger.error('failed'); raise",
        "print(error); sys.exit(1)",
        "logger.error(error); errors.append(error)",
        "logger.error(error); self.error = error",
        "logger.error(error); job.fail(error)",
        "logger.error(error); return_error()",
    ],
)
def test_the_traceback_and_handing_on_are_fine(body: str) -> None:
    check("FF03", handler(body))


def test_a_text_of_the_error_that_is_only_logged_is_not_kept() -> None:
    check(
        "FF03",
        """
        def f():
            try:
                load()
            except Exception as error:  # offends 0.5
                text = f"failed: {error}"
                logger.warning(text)
        """,
    )


def test_nor_is_an_error_made_in_its_place_a_log_line() -> None:
    check("FF03", handler("problem = Exception('no such order')"))


def test_a_comment_makes_it_cheaper() -> None:
    check("FF03", handler("logger.error('failed')  # foreign code", "  # offends 0.5"))


def test_returning_the_error_is_fine() -> None:
    check(
        "FF03",
        """
        def f():
            try:
                load()
            except Exception as error:
                logger.error("failed")
                return {"error": str(error)}
        """,
    )


def test_what_was_expected_may_be_told_in_short() -> None:
    check("FF03", handler("logger.error('failed')", clause="except FeedError:"))


def test_clean_up_in_a_handler_that_raises_does_not_go_on() -> None:
    check(
        "FF03",
        """
        try:
            load()
        except OSError:
            try:
                undo()
            except Exception:
                logger.error("could not undo")
            raise
        """,
    )


def test_silence_is_another_rule() -> None:
    check("FF03", handler("pass"))
