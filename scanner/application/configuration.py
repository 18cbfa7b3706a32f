"""The engine's settings, as plain values; the web project fills them from the environment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one repository may take from the machine."""

    module_bytes: int = 1_000_000
    parse_seconds: int = 20  # CPU seconds for one module
    child_memory_bytes: int = 1 << 30
    fetch_seconds: int = 1_800  # wall clock
    mirror_bytes: int = 4 << 30
    tree_files: int = 200_000
    low_speed_bytes: int = 1_000  # per second
    low_speed_seconds: int = 60
    cache_bytes: int = 1 << 30  # of one repository
    free_disk_bytes: int = 256 << 20
    scan_seconds: int = 3_000  # wall clock, fetching included
    lease_seconds: int = 30  # of silence, until another worker gets the scan


@dataclass(frozen=True, slots=True)
class Configuration:
    """Where the engine works and what it may reach."""

    data_dir: Path
    local_roots: tuple[Path, ...] = ()  # folders under which admins may register paths
    private_hosts: tuple[str, ...] = ()  # host names, addresses or networks that may be private
    allow_http: bool = False
    children: int = 2  # analysis processes per scan
    interpreter: str = ""  # path of the CPython that parses; "" finds the newest
    ca_bundle: str = ""  # a CA file for https hosts with certificates of their own
    secret_keys: Sequence[str] = ()  # Fernet keys, the first encrypts; may be read when used
    keep_all: timedelta = timedelta(days=365)  # then points of trends are thinned out
    disk_bytes: int = 50 << 30  # of mirrors and caches on this machine
    limits: Limits = field(default_factory=Limits)
