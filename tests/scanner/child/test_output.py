"""Log calls, prints and calls in asynchronous code."""

from __future__ import annotations

from tests.scanner.child.facts import facts


def test_log_calls() -> None:
    found = facts("""
        import logging
        def f(order, token):
            logging.info("a %s", order)
            self.logger.error(f"b {token}", exc_info=True)
            logging.getLogger("a").log(10, "c" + order.name)
            dialog.info("d")
    """).log_calls
    assert [(each.line, each.symbol, each.name, each.message) for each in found] == [
        (3, "f", "logging.info", "plain"),
        (4, "f", "self.logger.error", "f-string"),
        (5, "f", "logging.getLogger().log", "concatenation"),
    ]
    assert [each.has_exc_info for each in found] == [False, True, False]
    assert [each.names for each in found] == [("order",), ("token",), ("name",)]


def test_prints() -> None:
    found = facts("""
        print("a")
        def f():
            print("b", file=out)
            self.print("c")
        if __name__ == "__main__":
            print("d")
    """).print_calls
    assert [(each.line, each.symbol, each.keywords, each.in_main_guard) for each in found] == [
        (1, "<module>", (), False),
        (3, "f", ("file",), False),
        (6, "<module>", (), True),
    ]


def test_async_calls() -> None:
    module = facts("""
        import asyncio, subprocess
        async def f():
            await asyncio.sleep(1)
            await asyncio.wait_for(1, timeout=None)
            g(lambda: asyncio.create_task(1))
            async with asyncio.timeout(5):
                f()
                subprocess.run(2)
                self.run(3)
    """)
    found = module.async_calls
    assert [(each.line, each.name, each.in_async, each.use, each.is_timed) for each in found] == [
        (4, "asyncio.wait_for", True, "awaited", False),
        (5, "asyncio.create_task", False, "used", False),
        (7, "f", True, "discarded", True),
        (8, "subprocess.run", True, "discarded", True),
    ]
    assert found[0].timeout == "none"
    assert len(module.subprocess_calls) == 1
