"""AS01 blocking-call."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_what_stops_the_loop() -> None:
    check(
        "AS01",
        """
        import subprocess as sp
        import time
        from pathlib import Path
        from socket import create_connection
        import requests

        async def refresh(path: Path):
            time.sleep(1)  # offends 3
            requests.get("https://shop.example")  # offends 3
            sp.run(["a"], check=True)  # offends 3
            create_connection(("a", 1))  # offends 3
            input("Really? ")  # offends 3
            with open(path) as file:  # offends 1
                pass
            return path.read_text()  # offends 1
        """,
    )


def test_the_message() -> None:
    (finding,) = check(
        "AS01",
        """
        import time

        async def refresh():
            time.sleep(1)  # offends
        """,
    )
    assert finding.message == (
        "`time.sleep` blocks inside an async function: every other task of the process waits "
        "for it."
    )


def test_what_gives_way_or_runs_in_a_thread_is_fine() -> None:
    check(
        "AS01",
        """
        import asyncio
        import time
        import anyio
        import requests

        def pause():
            time.sleep(1)

        async def refresh(path):
            await asyncio.sleep(1)
            await asyncio.to_thread(time.sleep, 1)
            await loop.run_in_executor(None, lambda: requests.get("https://shop.example"))
            await anyio.Path("a").read_text()
            await path.read_text()

            def fetch():
                time.sleep(1)
                return open("a")

            await asyncio.to_thread(fetch)
        """,
    )


def test_methods_of_local_instances() -> None:
    check(
        "AS01",
        """
        from pathlib import Path
        from subprocess import Popen
        import httpx
        import requests

        async def refresh(client: httpx.Client, other: httpx.Client | None, better):
            client.get("/")  # offends 3
            other.post("/")  # offends 3
            with requests.Session() as session:
                session.get("/")  # offends 3
            process: Popen[bytes] = Popen(["a"])  # offends 3
            process.wait()  # offends 3
            path = Path("a")
            path.open()  # offends 1
            client.close()
            client.build_request("GET", "/")
            better.get("/")
            path.read_text()  # offends 1

        async def again(client: httpx.AsyncClient, path):
            path.open()
            both = httpx.Client() if path else client
            both.get("/")
            which = httpx.Client()
            which = client
            which.get("/")
        """,
    )


def test_quick_calls_and_questions_at_a_terminal_are_fine() -> None:
    check(
        "AS01",
        """
        import argparse
        import os
        import shutil

        async def clean(path):
            if input("Really? ") == "y":
                os.remove(path)
                shutil.rmtree(path)  # offends 1
        """,
    )


def test_support_for_tests_is_fine() -> None:
    check(
        "AS01",
        """
        import time
        import pytest

        @pytest.fixture
        async def clock():
            time.sleep(1)
        """,
    )


def test_a_function_of_the_module_named_open_is_fine() -> None:
    check(
        "AS01",
        """
        async def read():
            open("door")

        def open(what): ...
        """,
    )
