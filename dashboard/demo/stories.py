"""Who is in the demonstration: invented services, and how each of them fared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

Ending = Literal["", "retries", "split", "cleanup", "rush", "exports", "hushed"]
State = Literal["scanned", "failed", "never", "empty"]

TEAMS: Final = {"payments": "Payments", "logistics": "Logistics", "storefront": "Storefront"}
GUILD: Final = "Platform Guild <platform@example.org>"
ROTATION: Final = "Release Rotation <releases@example.org>"

Flaws = dict[str, int]
"""How often each kind of flaw is there."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of the last half year in which flaws came, or (negative) were mended."""

    ago: int  # weeks before this one in which it began
    weeks: int  # how long it took
    flaws: Flaws


@dataclass(frozen=True, slots=True)
class Story:
    """One repository: what it begins with, where it drifts, and what happens this week."""

    name: str
    team: str  # of TEAMS
    nouns: tuple[str, ...]
    weeks: int
    start: Flaws = field(default_factory=dict)
    drift: Flaws = field(default_factory=dict)  # over all the weeks, evenly; negative: mended
    turns: tuple[Turn, ...] = ()
    legacy: int = 0  # pieces in one long file
    unreadable: int = 0  # files that no Python reads
    outward: int = 0  # imports of the domain that point outwards
    is_tested: bool = True
    is_awaited: bool = False
    ending: Ending = ""
    state: State = "scanned"
    labels: tuple[str, ...] = ()


STORIES: Final = (
    Story(
        "checkout-api", "payments", ("basket", "discount", "receipt", "voucher"), 84,
        start={"untyped": 14, "silent": 3, "tangled": 5, "anything": 8, "wired": 3, "untold": 6,
               "interpolated": 3, "shared": 2, "endless": 2},
        drift={"untyped": -7, "silent": -2, "anything": -4, "tangled": -1},
        turns=(
            Turn(25, 6, {"silent": 3, "tangled": 3}),
            Turn(15, 9, {"silent": -3, "tangled": -3, "wired": -1}),
        ),
        legacy=34, ending="split", labels=("core", "customer-facing"),
    ),
    Story(
        "ledger-core", "payments", ("posting", "account", "journal", "period", "balance_sheet"),
        104, start={"untyped": 9, "silent": 2, "tangled": 4, "printed": 1, "endless": 1,
                    "interpolated": 1, "untold": 3},
        drift={"untyped": -5, "tangled": -1, "printed": -1}, outward=1, ending="retries",
        turns=(Turn(26, 3, {"silent": 4}), Turn(19, 12, {"silent": -4, "tangled": -2})),
        labels=("core", "regulated"),
    ),
    Story(
        "payout-runner", "payments", ("payout", "bank_file", "mandate"), 62,
        start={"untyped": 5, "bare": 1, "tangled": 2, "anything": 3}, is_awaited=True,
        drift={"blocking": 3, "detached": 2, "silent": 3, "untyped": 6, "interpolated": 4,
               "started": 3, "endless": 1, "wired": 2},
        turns=(Turn(24, 20, {"silent": 5, "tangled": 3, "started": 2}),),
        labels=("batch", "regulated"),
    ),
    Story(
        "fee-engine", "payments", ("fee", "tariff", "rebate"), 55,
        start={"untyped": 4, "tangled": 1, "untold": 4, "interpolated": 1, "anything": 2},
        drift={"untyped": 2, "tangled": 1, "untold": -2}, labels=("core",),
        turns=(
            Turn(15, 2, {"silent": 4, "tangled": 3}), Turn(8, 3, {"silent": -4, "tangled": -3}),
        ),
    ),
    Story(
        "route-planner", "logistics", ("route", "stop", "vehicle", "shift"), 78,
        start={"tangled": 3, "untyped": 6, "anything": 2, "printed": 2}, outward=1,
        is_awaited=True,
        drift={"tangled": 5, "endless": 2, "wired": 3, "untyped": 7, "shared": 2, "silent": 1},
        turns=(
            Turn(25, 5, {"tangled": -3, "wired": -2}), Turn(17, 14, {"tangled": 4, "silent": 4}),
        ),
        ending="rush", labels=("core",),
    ),
    Story(
        "parcel-tracker", "logistics", ("parcel", "scan_event", "depot"), 58,
        start={"blocking": 6, "detached": 4, "untyped": 14, "silent": 6, "printed": 5,
               "tangled": 3, "wired": 3, "untold": 4, "anything": 5},
        drift={"blocking": -4, "detached": -2, "untyped": -7, "silent": -3, "printed": -3,
               "anything": -3, "untold": -2},
        turns=(Turn(24, 21, {"silent": -3, "blocking": -2, "untyped": -4, "tangled": -2}),),
        is_awaited=True, ending="cleanup", labels=("customer-facing",),
    ),
    Story(
        "geo-index", "logistics", ("region", "cell", "boundary"), 46,
        start={"tangled": 4, "anything": 6, "untyped": 7, "endless": 1, "wired": 2, "silent": 1},
        drift={"anything": 2}, unreadable=2, labels=("batch",),
        turns=(
            Turn(21, 3, {"tangled": -2, "silent": -1, "endless": -1}),
            Turn(11, 4, {"silent": 3, "tangled": 2}),
        ),
    ),
    Story(
        "customs-forms", "logistics", ("declaration", "tariff_code"), 40,
        start={"untyped": 18, "printed": 6, "bare": 5, "tangled": 5, "shared": 3, "untold": 5},
        turns=(Turn(22, 16, {"bare": -4, "printed": -5, "tangled": -2}),),
        is_tested=False, unreadable=9, labels=("regulated", "legacy"),
    ),
    Story(
        "warehouse-sync", "logistics", ("pallet", "shelf", "order_line"), 50,
        start={"silent": 4, "untyped": 12, "wired": 3, "tangled": 4, "started": 4},
        drift={"silent": 1, "untyped": 2},
        turns=(Turn(23, 6, {"silent": -4, "tangled": -2}), Turn(9, 4, {"silent": 3})),
        state="failed", labels=("batch",),
    ),
    Story(
        "report-builder", "storefront", ("report", "chart", "export_job", "digest"), 96,
        start={"untyped": 30, "anything": 12, "shared": 6, "silent": 7, "bare": 5, "tangled": 9,
               "endless": 5, "printed": 12, "interpolated": 8, "wired": 7, "started": 5,
               "untold": 9},
        drift={"untyped": 6, "silent": 2, "printed": 3, "tangled": 2}, legacy=80, outward=3,
        turns=(Turn(24, 12, {"silent": -6, "bare": -4}), Turn(10, 7, {"silent": 3, "tangled": 3})),
        is_tested=False, ending="exports", labels=("batch", "legacy"),
    ),
    Story(
        "catalog-search", "storefront", ("product", "facet", "synonym", "query_plan"), 70,
        start={"untyped": 9, "tangled": 5, "anything": 6, "interpolated": 3, "endless": 2,
               "untold": 5, "shared": 2, "silent": 2, "printed": 2},
        drift={"untyped": 2, "tangled": -1, "anything": -2, "silent": -1}, ending="hushed",
        turns=(Turn(22, 2, {"tangled": -3}), Turn(13, 2, {"anything": -3, "endless": -2})),
        labels=("core", "customer-facing"),
    ),
    Story(
        "price-lists", "storefront", ("price", "currency", "campaign"), 66,
        start={"untyped": 5, "tangled": 3, "anything": 3, "untold": 3, "silent": 1, "wired": 1},
        drift={"tangled": -2, "untyped": -2, "anything": -2, "silent": -1}, labels=("core",),
        turns=(Turn(18, 1, {"silent": 3, "endless": 1}), Turn(16, 12, {"silent": -3})),
    ),
    Story(
        "storefront-bff", "storefront", ("page", "banner", "session", "menu"), 60,
        start={"untyped": 12, "wired": 4, "printed": 4, "shared": 4, "tangled": 3, "bare": 2,
               "detached": 2},
        is_awaited=True, drift={"wired": 2, "blocking": 2, "printed": -1, "untyped": 3},
        turns=(
            Turn(23, 3, {"silent": 4, "printed": 3}), Turn(12, 6, {"silent": -3, "tangled": -3}),
        ),
        labels=("customer-facing",),
    ),
    Story("gift-cards", "storefront", ("gift_card",), 20, state="never", labels=("new",)),
    Story("loyalty-points", "storefront", (), 6, state="empty", labels=("new",)),
)  # fmt: skip
