"""What the child may take from the machine; it confines itself before it reads a single byte."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
import time

_PR_SET_PDEATHSIG = 1
_SIGKILL = 9
_CLONE_NEWNET = 0x40000000
_CLONE_NEWUSER = 0x10000000
OPEN_FILES = 16


def confine(memory_bytes: int, parent: int) -> None:
    """Bound memory, files and dumps; die with the parent; leave the network where possible."""
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    if sys.platform == "linux":
        _die_with(parent)
    _lower(resource.RLIMIT_AS, memory_bytes)


def allow_seconds(seconds: int) -> None:
    """Let the process use so many CPU seconds from now on."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(time.process_time()) + 1 + seconds
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def is_short_of_memory() -> bool:
    """Whether this process once held more than half of what it may."""
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return soft != resource.RLIM_INFINITY and peak > soft / 2


def _lower(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def _die_with(parent: int) -> None:
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the request was made
        os._exit(1)
    if libc.unshare(_CLONE_NEWNET) != 0:
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
