"""OB04 error-without-traceback."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_an_unexpected_error() -> None:
    check(
        "OB04",
        """
        def ship(order):
            try:
                send(order)
            except Exception as error:
                log.error("failed: %s", error)  # offends 0.5
            try:
                send(order)
            except:
                log.critical("failed", exc_info=False)  # offends 0.5
        """,
    )


def test_the_message() -> None:
    (finding,) = check(
        "OB04",
        """
        def ship(order):
            try:
                send(order)
            except Exception as error:
                log.error("failed: %s", error)  # offends
        """,
    )
    assert finding.message == (
        "`log.error` tells an unexpected error without its traceback: pass exc_info=True."
    )


def test_what_tells_it_raises_or_expects_it_is_fine() -> None:
    check(
        "OB04",
        """
        import sys
        import traceback

        def ship(order):
            log.error("outside")
            try:
                send(order)
            except Exception:
                log.exception("failed")
            try:
                send(order)
            except Exception:
                log.error("failed", exc_info=True)
            try:
                send(order)
            except Exception:
                log.error("failed: %s", traceback.format_exc())
            try:
                send(order)
            except Exception:
                log.error("failed")
                raise
            try:
                send(order)
            except Exception as error:
                log.error("failed: %s", error)
                sys.exit(1)
            try:
                send(order)
            except ConnectionError as error:
                log.error("failed: %s", error)
            try:
                send(order)
            except Exception:
                log.info("failed")
        """,
    )
