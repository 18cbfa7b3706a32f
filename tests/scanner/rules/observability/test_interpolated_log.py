"""OB02 interpolated-log."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_every_way_to_build_a_message() -> None:
    check(
        "OB02",
        """
        import logging

        log = logging.getLogger(__name__)

        def ship(order):
            log.info(f"shipping {order}")  # offends 0.5
            log.info("shipping %s" % order)  # offends 0.5
            log.info("shipping {}".format(order))  # offends 0.5
            log.info("shipping " + order)  # offends 0.5
            log.info("shipping " + order + " now")  # offends 0.5
            log.info(TEMPLATE % order)  # offends 0.5
            log.log(10, f"shipping {order}")  # offends 0.5
            log.log(level=10, msg=f"shipping {order}")  # offends 0.5
            self.logger.warning(f"shipping {order}")  # offends 0.5
            logging.getLogger("a").error(f"shipping {order}")  # offends 0.5
        """,
    )


def test_the_message() -> None:
    (finding,) = check(
        "OB02",
        """
        def ship(order):
            log.info(f"shipping {order}")  # offends
        """,
    )
    assert finding.message == (
        "The message of `log.info` is built with an f-string: give its values as arguments."
    )


def test_values_apart_and_fixed_texts_are_fine() -> None:
    check(
        "OB02",
        """
        def ship(order):
            log.info("shipping %s", order)
            log.info(f"shipping")
            log.info("a" + "b")
            log.info("a %s " + "b", order)
            log.info("%s: " + message, order, *values)
            log.info("shipping", extra={"text": f"{order}"})
            log.info(first + second)
            dialog.info(f"shipping {order}")
            catalog.debug(f"shipping {order}")
            math.log(f"{order}")
        """,
    )
