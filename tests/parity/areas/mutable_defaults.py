"""Mutable defaults of parameters: ruff's B006 against TY04."""

from __future__ import annotations

from tests.parity.records import Parity

PARITY = Parity(name="mutable defaults", codes={"B006": ("TY04",)}, fewest={"B006": 3})
