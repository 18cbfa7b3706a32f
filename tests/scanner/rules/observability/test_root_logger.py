"""OB03 root-logger."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_calls_on_the_module() -> None:
    check(
        "OB03",
        """
        import logging
        import logging as l
        from logging import warning

        def ship(order):
            logging.info("shipping")  # offends 0.5
            l.error("shipping")  # offends 0.5
            warning("shipping")  # offends 0.5
        """,
    )


def test_the_message() -> None:
    (finding,) = check(
        "OB03",
        """
        import logging

        logging.info("shipping")  # offends
        """,
    )
    assert finding.message == (
        "`logging.info` goes to the root logger: use `logging.getLogger(__name__)`."
    )


def test_named_loggers_are_fine() -> None:
    check(
        "OB03",
        """
        import logging

        log = logging.getLogger(__name__)
        log.info("shipping")
        logging.getLogger("a").info("shipping")
        self.logging.info("shipping")
        logging.basicConfig(level=logging.INFO)
        """,
    )
