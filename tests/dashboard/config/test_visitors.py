"""Failed sign-ins are counted by an address that visitors cannot make up."""

from __future__ import annotations

import pytest

from dashboard.config.visitors import forwarded_address


@pytest.mark.parametrize(
    ("header", "proxies", "address"),
    [
        ("", 0, "10.0.0.1"),
        ("9.9.9.9", 0, "10.0.0.1"),
        ("9.9.9.9", 1, "9.9.9.9"),
        ("1.1.1.1, 9.9.9.9", 1, "9.9.9.9"),
        ("1.1.1.1, 9.9.9.9, 10.0.0.2", 2, "9.9.9.9"),
        ("9.9.9.9", 2, "10.0.0.1"),
        ("<script>", 1, "10.0.0.1"),
        ("2001:db8::1", 1, "2001:db8::1"),
        ("", 1, "10.0.0.1"),
    ],
)
def test_only_places_written_by_our_proxies_count(header: str, proxies: int, address: str) -> None:
    assert forwarded_address("10.0.0.1", header, proxies) == address
