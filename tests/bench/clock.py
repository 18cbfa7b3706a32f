"""CPU and wall time of processes, with all that they started and waited for."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds."""

    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Contender:
    """A command to measure; `stdin` is a file."""

    name: str
    command: tuple[str, ...]
    stdin: Path | None = None
    codes: tuple[int, ...] = (0,)


def run(contender: Contender) -> Timing:
    """One run. Raises RuntimeError when it ends with a code that was not expected."""
    source = contender.stdin or Path(os.devnull)
    with source.open("rb") as stdin:
        began = time.perf_counter()
        process = subprocess.Popen(
            contender.command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in contender.codes:
        raise RuntimeError(f"{contender.name} ended with {process.returncode}")
    return Timing(usage.ru_utime + usage.ru_stime, wall)


def alternate(contenders: Sequence[Contender], rounds: int) -> dict[str, list[Timing]]:
    """All contenders in turn, so many times over, so that a busy minute hits all alike."""
    timings: dict[str, list[Timing]] = {contender.name: [] for contender in contenders}
    for _ in range(rounds):
        for contender in contenders:
            timings[contender.name].append(run(contender))
    return timings


def middle(values: Sequence[float]) -> float:
    """The median."""
    return float(median(values))
