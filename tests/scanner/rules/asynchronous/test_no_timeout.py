"""AS05 no-timeout."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_what_may_wait_for_ever() -> None:
    check(
        "AS05",
        """
        import asyncio
        import httpx

        client = httpx.AsyncClient(timeout=None)  # offends 1

        async def connect(host):
            return await asyncio.open_connection(host, 80)  # offends 1
        """,
    )


def test_the_message() -> None:
    (finding,) = check(
        "AS05",
        """
        import httpx

        client = httpx.AsyncClient(timeout=None)  # offends

        async def connect(): ...
        """,
    )
    assert finding.message == ("`httpx.AsyncClient` may wait for ever: give it a timeout.")


def test_what_has_a_limit_is_fine() -> None:
    check(
        "AS05",
        """
        import asyncio
        import anyio
        import httpx

        client = httpx.AsyncClient(timeout=10)
        other = httpx.AsyncClient()

        async def connect(host):
            async with asyncio.timeout(5):
                await asyncio.open_connection(host, 80)
            with anyio.fail_after(5):
                await asyncio.open_connection(host, 80)
            await asyncio.wait_for(asyncio.open_connection(host, 80), 5)
            opening = asyncio.open_connection(host, 80)
            await asyncio.wait_for(opening, 5)
            await queue.get(timeout=None)

        async def dial(host):
            return await asyncio.open_connection(host, 80)

        async def near(path):
            return await asyncio.open_unix_connection(path)

        async def listen(host):
            return await asyncio.open_connection(host, 80)

        async def call(host):
            async with asyncio.timeout(5):
                return await dial(host)
        """,
    )
