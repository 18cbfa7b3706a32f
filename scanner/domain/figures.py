"""Radon's figures of one module: shown for information, never scored."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Halstead:
    """Counts of operators and operands of a module, and what Halstead derives from them."""

    distinct_operators: int
    distinct_operands: int
    operators: int
    operands: int
    vocabulary: int
    length: int
    calculated_length: float
    volume: float
    difficulty: float
    effort: float
    time: float  # seconds
    bugs: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What radon says of one module."""

    halstead: Halstead
    maintainability: float  # 0 to 100
    maintainability_rank: str  # A to C
    ranks: tuple[tuple[str, int, str], ...]  # (qualified name, line of the def, A to F)
