"""What a repository of the seeded portfolio is like: size, lives of findings, scores."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Final

from scanner.domain.architecture import (
    Architecture,
    Bond,
    Flow,
    LayerFolder,
    Part,
    Parts,
    to_plain,
)
from scanner.domain.findings import MILLION
from scanner.domain.rubric import DEFAULT, KEYS, Terms
from scanner.domain.scoring import ratio
from scanner.rules.catalogue import PRINCIPLE_OF, RULES

LAYERS: Final = ("domain", "application", "infrastructure", "web")
SCANNED: Final = 4  # one snapshot of so many is a scan's; those before are of the backfill
FINDINGS_A_FILE: Final = 5
LINES_A_FILE: Final = 160
AUTHORS: Final = 12  # of a repository
CODES: Final = tuple(sorted(RULES))


@dataclass(frozen=True, slots=True)
class Life:
    """One finding: the numbers of the snapshots that brought and fixed it, and how it stands."""

    born: int
    fixed: int | None
    accepted_by: str
    cost: int  # millionths


@dataclass(frozen=True, slots=True)
class Mass:
    """One principle of one snapshot; `score` is None where it does not apply."""

    terms: Terms
    conforming: int
    debt: int
    score: float | None


def shares(total: int, parts: int, random: Random) -> list[int]:
    """A total over many parts of very different sizes, the largest of them about 4 %."""
    weights = sorted((random.lognormvariate(0.0, 1.0) for _ in range(parts)), reverse=True)
    weights[0] = 0.04 * sum(weights) if parts > 30 else weights[0]
    scale = total / sum(weights)
    sizes = [max(4, int(weight * scale)) for weight in weights]
    sizes[0] += total - sum(sizes)
    return sizes


def times(count: int, now: datetime, random: Random) -> list[datetime]:
    """When snapshots were committed, oldest first: weekly, then daily since scans began."""
    scanned = max(1, count // SCANNED)
    began = now - timedelta(days=scanned)
    weekly = [began - timedelta(weeks=week + 1) for week in range(count - scanned)][::-1]
    daily = [began + timedelta(days=day + 1) for day in range(scanned)]
    return [when - timedelta(minutes=random.randrange(600)) for when in (*weekly, *daily)]


def lives(count: int, snapshots: int, random: Random) -> list[Life]:
    """Findings: most came with the first scan, two of five are fixed, one of twenty accepted."""
    first, last = snapshots - max(1, snapshots // SCANNED), snapshots - 1
    found = []
    for _ in range(count):
        born = first if random.random() < 0.6 else random.randint(first, last)
        fixed = random.randint(born + 1, last) if random.random() < 0.4 and born < last else None
        accepted = random.random() < 0.05 and fixed is None
        by = ("team" if random.random() < 0.3 else "comment") if accepted else ""
        cost = 0 if random.random() < 0.06 else int(MILLION * random.paretovariate(1.2))
        found.append(Life(born, fixed, by, cost))
    return found


def masses(modules: int, snapshots: int, random: Random) -> list[list[Mass]]:
    """The principles of each snapshot; debts wander, and on the whole become less."""
    conforming = {key: int(MILLION * modules * random.uniform(2, 30)) for key in KEYS}
    debt = {key: conforming[key] * random.uniform(0.005, 0.2) for key in KEYS}
    missing = {key for key in KEYS[5:] if random.random() < 0.2}
    found = []
    for _ in range(snapshots):
        for key in KEYS:
            debt[key] *= random.uniform(0.97, 1.026)
        found.append([_mass(key, conforming[key], int(debt[key]), key in missing) for key in KEYS])
    return found


def _mass(key: str, conforming: int, debt: int, is_missing: bool) -> Mass:
    terms = DEFAULT.by_key[key]
    if is_missing:
        return Mass(terms, 0, 0, None)
    score = ratio(conforming, debt, terms.grace_millionths, terms.rigour_millionths)
    return Mass(terms, conforming, debt, score)


def overall(principles: Sequence[Mass]) -> float:
    """The score of a snapshot."""
    held = [(mass.terms.weight, mass.score) for mass in principles if mass.score is not None]
    return sum(weight * score for weight, score in held) / sum(weight for weight, _ in held)


def path(number: int) -> str:
    """The file of this number."""
    layer = LAYERS[number % len(LAYERS)]
    return f"shop/{layer}/area_{number // 40:03}/module_{number:05}.py"


def left_out(modules: int) -> str:
    """The files that a snapshot does not judge, as JSON: its tests."""
    return json.dumps(
        [
            {"path": f"tests/area_{number // 40:03}/test_module_{number:05}.py", "reason": "test"}
            for number in range(modules // 4)
        ]
    )


def principle_of(code: str) -> str:
    """The principle of a rule."""
    return PRINCIPLE_OF[code]


@cache
def message(code: str) -> str:
    """What a finding of this rule says, but for its figure."""
    return RULES[code].name.replace("-", " ").capitalize()


def layers(modules: int) -> str:
    """The picture of the layers, as JSON."""
    each = modules // len(LAYERS)
    folders = tuple(LayerFolder(name, "shop", f"shop/{name}", each) for name in LAYERS)
    flows = tuple(
        Flow("shop", upper, "shop", lower, each, 1 + place)
        for place, (upper, lower) in enumerate(zip(LAYERS[1:], LAYERS, strict=False))
    )
    parts = tuple(Part(f"shop.{name}", f"shop/{name}", each, 2, 2) for name in LAYERS)
    pair = tuple(
        Bond(f"shop.{one}", f"shop.{other}", 3, path(0), 7)
        for one, other in (LAYERS[:2], LAYERS[1::-1])
    )
    picture = Architecture(
        is_declared=True,
        modules=modules,
        layered=modules,
        folders=folders,
        flows=flows,
        parts=Parts("package", len(parts), parts, (), ((pair[0], pair[1]),), 1),
    )
    return json.dumps(to_plain(picture))
