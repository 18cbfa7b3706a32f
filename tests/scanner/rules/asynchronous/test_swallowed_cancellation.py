"""AS03 swallowed-cancellation."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_a_loop_that_goes_on() -> None:
    check(
        "AS03",
        """
        import asyncio

        async def watch(queue):
            while True:
                try:
                    handle(await queue.get())
                except asyncio.CancelledError:  # offends 2
                    log.info("cancelled")

        async def read(stream):
            async for line in stream:
                try:
                    await handle(line)
                except BaseException:  # offends 2
                    log.exception("failed")
        """,
    )


def test_the_message() -> None:
    (finding,) = check(
        "AS03",
        """
        import asyncio

        async def watch(queue):
            while True:
                try:
                    handle(await queue.get())
                except asyncio.CancelledError:  # offends
                    pass
        """,
    )
    assert finding.message == (
        "The loop goes on after it was cancelled: raise the error again, or leave."
    )


def test_loops_that_end_and_tasks_cancelled_on_purpose_are_fine() -> None:
    check(
        "AS03",
        """
        import asyncio

        async def watch(queue, tasks):
            while True:
                try:
                    handle(await queue.get())
                except asyncio.CancelledError:
                    log.info("cancelled")
                    break
                except Exception:
                    log.exception("failed")
            while True:
                try:
                    handle(await queue.get())
                except asyncio.CancelledError:
                    raise
            for task in tasks:
                task.cancel()
                try:
                    await task
                except asyncio.CancelledError:
                    pass
            try:
                await queue.get()
            except asyncio.CancelledError:
                pass

        async def shutdown(tasks):
            for task in tasks:
                try:
                    await stop(task)
                except asyncio.CancelledError:
                    pass

        def plain(queue):
            while True:
                try:
                    queue.get()
                except BaseException:
                    log.exception("failed")
        """,
    )
