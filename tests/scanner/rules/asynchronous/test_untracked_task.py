"""AS02 untracked-task."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_tasks_that_nobody_holds() -> None:
    check(
        "AS02",
        """
        import asyncio
        from asyncio import ensure_future

        async def accept(order, loop):
            asyncio.create_task(ship(order))  # offends 2
            ensure_future(ship(order))  # offends 2
            loop.create_task(ship(order))  # offends 2
            asyncio.get_running_loop().create_task(ship(order))  # offends 2
            task = asyncio.create_task(ship(order))  # offends 2

        def later(self):
            self.loop.create_task(ship(1))  # offends 2
        """,
    )


def test_the_message() -> None:
    (finding,) = check(
        "AS02",
        """
        import asyncio

        async def accept(order):
            asyncio.create_task(ship(order))  # offends
        """,
    )
    assert finding.message == (
        "`asyncio.create_task` starts a task that nobody holds: it may vanish half-way, and its "
        "error with it."
    )


def test_tasks_that_somebody_holds_are_fine() -> None:
    check(
        "AS02",
        """
        import asyncio

        async def accept(order, group, tasks):
            task = asyncio.create_task(ship(order))
            task.add_done_callback(tasks.discard)
            self.task = asyncio.create_task(ship(order))
            tasks.add(asyncio.create_task(ship(order)))
            await asyncio.create_task(ship(order))
            group.create_task(ship(order))
            self.registry.create_task(ship(order))
            global kept
            kept = asyncio.create_task(ship(order))
            return asyncio.ensure_future(ship(order))
        """,
    )
