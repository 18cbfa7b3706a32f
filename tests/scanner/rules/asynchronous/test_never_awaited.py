"""AS04 never-awaited."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_a_coroutine_as_a_statement() -> None:
    check(
        "AS04",
        """
        async def flush(): ...

        async def close():
            flush()  # offends 3

        class Stream:
            async def drain(self): ...

            async def close(self):
                self.drain()  # offends 3

            def stop(self):
                self.drain()  # offends 3
        """,
    )


def test_the_message() -> None:
    (finding,) = check(
        "AS04",
        """
        async def flush(): ...

        def close():
            flush()  # offends
        """,
    )
    assert finding.message == ("`flush` is a coroutine and never awaited: nothing of it runs.")


def test_what_is_awaited_or_may_be_something_else_is_fine() -> None:
    check(
        "AS04",
        """
        import asyncio
        from functools import lru_cache
        from shop import send

        async def flush(): ...

        @wrapped
        async def save(): ...

        async def both(): ...
        def both(): ...

        async def close(stream):
            await flush()
            task = asyncio.create_task(flush())
            save()
            both()
            send()
            stream.flush()
            return flush()

        def given(flush):
            flush()

        def inner():
            def flush(): ...
            flush()

        class Stream:
            def flush(self):
                self.close()

        class Other:
            async def close(self): ...
        """,
    )
