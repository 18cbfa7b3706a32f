"""Addresses of services among the arguments of calls."""

from __future__ import annotations

import pytest

from scanner.child.endpoints import MAX_ROWS
from scanner.domain.facts import Endpoint
from tests.scanner.child.facts import facts


def endpoints(source: str) -> tuple[Endpoint, ...]:
    """The addresses of a module."""
    return facts(source).endpoints


@pytest.mark.parametrize(
    ("call", "kind", "address", "argument"),
    [
        ("get('http://localhost:8000/rates')", "local", "http://localhost:8000", "0"),
        ("get('https://127.0.0.1/rates')", "local", "https://127.0.0.1", "0"),
        ("connect('localhost:6379')", "local", "localhost:6379", "0"),
        ("connect(host='localhost', port=6379)", "local", "localhost", "host"),
        ("connect('localhost', 27017)", "local", "localhost", "0"),
        ("connect('192.168.1.20:5432')", "private", "192.168.1.20:5432", "0"),
        ("request('GET', 'http://10.1.2.3:80')", "private", "http://10.1.2.3:80", "1"),
        ("open_(url='redis://cache/0')", "store", "redis://", "url"),
        ("open_('postgresql+psycopg://localhost:5432/x')", "store",
         "postgresql+psycopg://localhost:5432", "0"),
        ("open_(nodes=['localhost:9092'])", "local", "localhost:9092", "nodes"),
        ("get('https://api.example.org/v1')", "public", "api.example.org", "0"),
    ],
)  # fmt: skip
def test_addresses(call: str, kind: str, address: str, argument: str) -> None:
    (found,) = endpoints(call)
    assert (found.kind, found.address, found.argument) == (kind, address, argument)


def test_credentials_never_leave() -> None:
    (found,) = endpoints("create_engine('postgres://shop:s3cr3t@p@localhost:5432/shop')")
    assert found.address == "postgres://localhost:5432"
    assert "s3cr3t" not in str(found)
    (other,) = endpoints("create_engine('postgres://shop:0th3r@localhost:5432/shop')")
    assert found.digest == other.digest


@pytest.mark.parametrize(
    "source",
    [
        "URL = 'http://localhost:8000'",
        "if host == 'localhost:80': pass",
        "'http://localhost:8000'",
        "f(f'http://localhost:{port}')",
        "f('localhost')",
        "f('see http://localhost:8000')",
        "f('http://localhost.example.org')",
        "f('https://example.org/page')",
        "'http://localhost:80'.join(x)",
        "f('localhost/path:80')",
    ],
)
def test_what_is_no_address_of_a_service(source: str) -> None:
    assert endpoints(source) == ()


def test_where_it_stands() -> None:
    (found,) = endpoints(
        """
        import redis as r

        class Cache:
            def open(self):
                return r.Redis(host="localhost", port=6379)
        """
    )
    assert (found.symbol, found.line, found.callee) == ("Cache.open", 5, "redis.Redis")
    assert found.in_function
    assert not found.in_main_guard


def test_a_flood_is_bounded() -> None:
    assert len(endpoints("get('http://localhost:1')\n" * (MAX_ROWS + 20))) == MAX_ROWS
