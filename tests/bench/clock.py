"""CPU and wall time and memory of processes, with all that they started and waited for."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile

SHOWN = 2000  # characters of what a failed process said last
KIB = 1024  # Linux tells the peak in these


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds, and the resident memory of the largest process at its peak, in millions of bytes."""

    cpu: float
    wall: float
    peak: float = 0.0


@dataclass(frozen=True, slots=True)
class Contender:
    """A command to measure; `stdin` and `stdout` are files, `environment` adds to ours."""

    name: str
    command: tuple[str, ...]
    stdin: Path | None = None
    codes: tuple[int, ...] = (0,)
    stdout: Path | None = None
    folder: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


def run(contender: Contender) -> Timing:
    """One run. Raises RuntimeError when it ends with a code that was not expected."""
    source = contender.stdin or Path(os.devnull)
    sink = contender.stdout or Path(os.devnull)
    with source.open("rb") as stdin, sink.open("wb") as stdout, TemporaryFile() as stderr:
        began = time.perf_counter()
        process = subprocess.Popen(
            contender.command,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            cwd=contender.folder,
            env={**os.environ, **contender.environment},
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in contender.codes:
            stderr.seek(0)
            said = stderr.read().decode(errors="replace")[-SHOWN:]
            raise RuntimeError(f"{contender.name} ended with {process.returncode}: {said}")
    return Timing(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * KIB / 1e6)


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


def ratio(values: Sequence[float], bases: Sequence[float]) -> float:
    """The median of the ratios of runs that were made in the same round."""
    return middle([value / base for value, base in zip(values, bases, strict=True)])
