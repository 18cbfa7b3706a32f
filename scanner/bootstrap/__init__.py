"""The only place where adapters meet use cases.

Each function here makes one use case from the settings of this process; making one is cheap and
opens nothing.
"""

from scanner.bootstrap.caches import caches
from scanner.bootstrap.comparisons import comparisons
from scanner.bootstrap.demonstrating import demonstration
from scanner.bootstrap.keeping import (
    accepting,
    credentials,
    labelling,
    registration,
    removal,
    repository_settings,
    rubric_changes,
    rubrics,
    scan_requests,
)
from scanner.bootstrap.meeting import introduction
from scanner.bootstrap.pasts import backfilling, backfills, past_costs, work
from scanner.bootstrap.people import founding, members, tokens
from scanner.bootstrap.previewing import previews
from scanner.bootstrap.rotating import key_rotation
from scanner.bootstrap.scoring import score_source
from scanner.bootstrap.showing import file_history, file_reading, past_lines
from scanner.bootstrap.tracing import tracing, tracing_upkeep
from scanner.bootstrap.working import clockwork, portfolio_upkeep, scanning, thinning, upgrading

__all__ = [
    "accepting",
    "backfilling",
    "backfills",
    "caches",
    "clockwork",
    "comparisons",
    "credentials",
    "demonstration",
    "file_history",
    "file_reading",
    "founding",
    "introduction",
    "key_rotation",
    "labelling",
    "members",
    "past_costs",
    "past_lines",
    "portfolio_upkeep",
    "previews",
    "registration",
    "removal",
    "repository_settings",
    "rubric_changes",
    "rubrics",
    "scan_requests",
    "scanning",
    "score_source",
    "thinning",
    "tokens",
    "tracing",
    "tracing_upkeep",
    "upgrading",
    "work",
]
