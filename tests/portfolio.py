"""Stores believable teams, repositories and verdicts for tests of pages.

team = store_team()
lead = store_user(team)                          # password: PASSWORD
repository = store_repository(team, "orders")    # 3 snapshots, a done scan, files, findings
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.text import slugify

from scanner.storage.models import (
    FileScore,
    Finding,
    KeptFiles,
    Machine,
    Membership,
    PrincipleScore,
    Repository,
    Scan,
    Snapshot,
    Team,
)
from tests.scanner.workbench import Workbench

PASSWORD: Final = "a long pass phrase of tests"
START: Final = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
MILLION: Final = 1_000_000

# principle: weight, grace in units, rigour, conforming units, debt units
_FIGURES: Final = {
    "file-size": (14.0, 200, 1.5, 5200, 640),
    "complexity": (14.0, 100, 2.5, 2900, 220),
    "typing": (14.0, 20, 1.0, 780, 96),
    "layering": (14.0, 10, 10.0, 310, 7),
    "fail-fast": (14.0, 10, 3.0, 41, 9),
}
INAPPLICABLE: Final = ("async", "observability", "configuration", "testability", "naming")

# rule, principle, path, line, end line, symbol, message, cost in units, effort
_OFFENDERS: Final = (
    ("FS01", "file-size", "orders/domain/pricing.py", 1, 1140, "<module>",
     "A god file: 1,140 lines, 640 over the limit of 500.", 640.0, 240),
    ("CX01", "complexity", "orders/domain/pricing.py", 212, 281, "PriceList.quote",
     "Cyclomatic complexity 31; the limit is 10.", 33.87, 60),
    ("CX02", "complexity", "orders/application/checkout.py", 40, 128, "check_out",
     "84 lines; the limit is 50.", 34.0, 45),
    ("CX03", "complexity", "orders/infrastructure/export.py", 18, 66, "export_rows",
     "Control flow is nested 6 deep; the limit is 4.", 12.0, 30),
    ("TY01", "typing", "orders/infrastructure/export.py", 18, 66, "export_rows",
     "3 of 4 slots have no annotation: rows, sink, return.", 3.0, 10),
    ("TY03", "typing", "orders/application/checkout.py", 40, 40, "check_out",
     "A bare dict says nothing of its keys and values.", 0.25, 5),
    ("LA01", "layering", "orders/domain/pricing.py", 9, 9, "<module>",
     "domain imports infrastructure: orders.infrastructure.currency.", 3.0, 60),
    ("FF01", "fail-fast", "orders/infrastructure/currency.py", 31, 33, "RateTable.refresh",
     "A broad except hides the error: nothing is raised, logged or used.", 3.0, 15),
    ("FF04", "fail-fast", "orders/infrastructure/currency.py", 52, 54, "RateTable.age",
     "A typed except drops the error without a word.", 0.0, 10),
)  # fmt: skip

_FILES: Final = {
    "orders/__init__.py": 3,
    "orders/domain/pricing.py": 1140,
    "orders/domain/order.py": 188,
    "orders/application/checkout.py": 204,
    "orders/infrastructure/currency.py": 97,
    "orders/infrastructure/export.py": 120,
}


def store_team(name: str = "Shop") -> Team:
    """A team, found again by its name."""
    return Team.objects.get_or_create(name=name, slug=slugify(name))[0]


def store_user(
    team: Team | None = None,
    username: str = "lead",
    role: str = Membership.Role.LEAD,
    *,
    is_superuser: bool = False,
) -> User:
    """A user who can sign in with PASSWORD, and has this role in the team."""
    user = get_user_model().objects.create_user(
        username, password=PASSWORD, is_superuser=is_superuser, is_staff=is_superuser
    )
    if team is not None:
        Membership.objects.create(user=user, team=team, role=role)
    return user


def store_repository(
    team: Team,
    name: str = "orders",
    snapshots: int = 3,
    address: str = "",
) -> Repository:
    """A repository with this many weekly snapshots; the last one is its latest.

    The offenders shrink by one a snapshot, so something was fixed in each. With no snapshot at
    all, the repository was just registered and its first scan is queued.
    """
    repository = Repository.objects.create(
        team=team,
        name=name,
        slug=slugify(name),
        address=address or f"https://git.example.org/shop/{slugify(name)}.git",
    )
    if not snapshots:
        store_scan(repository, status=Scan.Status.QUEUED, trigger=Scan.Trigger.REGISTERED)
    for position in range(snapshots):
        _store_verdict(repository, position, snapshots)
    repository.refresh_from_db()
    return repository


def store_judged(team: Team, name: str, commits: Sequence[Mapping[str, str]]) -> Repository:
    """A repository whose commits, each the texts of all its files by path, were really judged."""
    repository = store_repository(team, name, snapshots=0)
    repository.scans.all().delete()
    bench = Workbench(timezone.now)
    for number, texts in enumerate(commits, 1):
        bench.branch.commit(texts, f"Part {number}")
        bench.scan(repository.pk)
    repository.refresh_from_db()
    return repository


def store_scan(
    repository: Repository,
    status: str = Scan.Status.RUNNING,
    trigger: str = Scan.Trigger.REQUESTED,
    **fields: object,
) -> Scan:
    """A scan in this state, with believable fields beside it; `fields` overrides them."""
    now = datetime.now(UTC)
    believable: dict[str, object] = {}
    if status == Scan.Status.RUNNING:
        believable = {
            "phase": "facts", "done": 42, "total": 118, "attempt": 1, "started_at": now,
            "heartbeat_at": now, "lease_until": now + timedelta(seconds=30),
        }  # fmt: skip
    if status == Scan.Status.FAILED:
        believable = {
            "phase": "fetch", "attempt": 1, "started_at": now, "finished_at": now,
            "error_code": "git.not-found",
            "error_message": "The host knows no repository at this address.",
            "error_next_step": "Check the address, or add a credential if it is private.",
        }  # fmt: skip
    scan = Scan(repository=repository, status=status, trigger=trigger)
    for key, value in {**believable, **fields}.items():
        setattr(scan, key, value)
    scan.save()
    return scan


def store_kept(
    repository: Repository, engine: str = "1.0.17+cpython-3.13", used: int = 84_300_000
) -> Machine:
    """A machine of this engine that keeps so much of the repository, a quarter of it a cache."""
    now, name = timezone.now(), f"{repository.slug}-worker"
    machine = Machine.objects.create(
        key=name, name=name, folder="/var/lib/codevitals", engine=engine, budget=50 << 30,
        free=212 << 30, seen_at=now,
    )  # fmt: skip
    KeptFiles.objects.create(
        machine=machine, repository=repository, used_at=now, cache_bytes=used // 4,
        mirror_bytes=used - used // 4,
    )  # fmt: skip
    return machine


def _store_verdict(repository: Repository, position: int, total: int) -> Snapshot:
    left = len(_OFFENDERS) - min(position, 3)
    debt = {key: figures[4] * (1 - 0.08 * position) for key, figures in _FIGURES.items()}
    scores = {key: _score(key, debt[key]) for key in _FIGURES}
    overall = sum(_FIGURES[key][0] * scores[key] for key in _FIGURES) / 70.0
    when = START + timedelta(weeks=position)
    snapshot = Snapshot.objects.create(
        repository=repository,
        commit=hashlib.sha1(f"{repository.slug}{position}".encode()).hexdigest(),
        committed_at=when,
        author="Ann Author",
        subject=f"Split the price list, part {position + 1}",
        is_first=position == 0,
        engine="1.0.0+cpython-3.11",
        rubric="1",
        score=overall,
        strict_score=overall,
        grade=_grade(overall),
        coverage=0.991,
        lines=sum(_FILES.values()),
        modules=len(_FILES),
        new_findings=left if position == 0 else 0,
        fixed_findings=1 if 0 < position <= 3 else 0,
        open_findings=left,
        excluded=[
            {"path": "tests/test_pricing.py", "reason": "test"},
            {"path": "orders/migrations/0001_initial.py", "reason": "migration"},
        ],
        unmeasured=[{"path": "orders/legacy.py", "reason": "syntax error", "line": 7, "lines": 16}],
        rewritten=[{"path": "orders/domain/order.py", "constructs": ["f-strings", "type aliases"]}],
        notices=[],
    )
    _store_principles(snapshot, debt, scores, left)
    _store_findings(snapshot, position, left)
    if position == total - 1:
        _store_files(snapshot, left)
    store_scan(
        repository, status=Scan.Status.DONE, attempt=1, started_at=when, phase="save",
        finished_at=when + timedelta(seconds=9), snapshot=snapshot, parsed=len(_FILES),
    )  # fmt: skip
    Repository.objects.filter(pk=repository.pk).update(latest=snapshot)
    return snapshot


def _store_principles(
    snapshot: Snapshot, debt: dict[str, float], scores: dict[str, float], left: int
) -> None:
    rows = []
    for key, (weight, grace, rigour, conforming, _) in _FIGURES.items():
        rows.append(
            PrincipleScore(
                snapshot=snapshot, principle=key, applicable=True, score=scores[key],
                strict_score=scores[key], conforming=conforming * MILLION,
                debt=round(debt[key] * MILLION), n=conforming // 4, grace=grace * MILLION,
                rigour=rigour, weight=weight, points_lost=weight / 70.0 * (100 - scores[key]),
                findings=sum(offender[1] == key for offender in _OFFENDERS[:left]),
            )
        )  # fmt: skip
    for key in INAPPLICABLE:
        rows.append(
            PrincipleScore(
                snapshot=snapshot, principle=key, applicable=False, score=None, conforming=0,
                debt=0, n=0, grace=10 * MILLION, rigour=3.0, weight=6.0, points_lost=0.0,
                findings=0,
            )
        )  # fmt: skip
    PrincipleScore.objects.bulk_create(rows)


def _store_findings(snapshot: Snapshot, position: int, left: int) -> None:
    repository = snapshot.repository
    if position:
        fixed = [_fingerprint(offender) for offender in _OFFENDERS[left:]]
        Finding.objects.filter(repository=repository, fingerprint__in=fixed, fixed_in=None).update(
            fixed_in=snapshot
        )
        return
    Finding.objects.bulk_create(
        Finding(
            repository=repository, fingerprint=_fingerprint(offender), rule=offender[0],
            principle=offender[1], path=offender[2], line=offender[3], end_line=offender[4],
            symbol=offender[5], message=offender[6], cost=round(offender[7] * MILLION),
            points=_points(offender[1], offender[7]), effort=offender[8], first_in=snapshot,
            charges=[
                {"path": offender[2], "line": offender[3], "cost": round(offender[7] * MILLION)}
            ],
        )
        for offender in _OFFENDERS
    )  # fmt: skip


def _store_files(snapshot: Snapshot, left: int) -> None:
    rows = []
    for path, lines in _FILES.items():
        here = [offender for offender in _OFFENDERS[:left] if offender[2] == path]
        lost = sum(_points(offender[1], offender[7]) for offender in here)
        scores = dict.fromkeys(_FIGURES, 100.0)
        scores.update({offender[1]: 61.5 for offender in here if offender[7]})
        rows.append(
            FileScore(
                repository=snapshot.repository, path=path, lines=lines, points_lost=lost,
                blob=hashlib.sha1(path.encode()).hexdigest(), scores=scores,
                score=sum(scores.values()) / len(scores), findings=len(here),
                changes_30=lines // 300, changes_90=lines // 100, changes_365=lines // 20,
            )
        )  # fmt: skip
    FileScore.objects.bulk_create(rows)


def _score(key: str, debt: float) -> float:
    _, grace, rigour, conforming, _ = _FIGURES[key]
    return 100 * (conforming + grace) / (conforming + grace + rigour * debt)


def _points(key: str, cost: float) -> float:
    weight, grace, rigour, conforming, debt = _FIGURES[key]
    return weight / 70.0 * 100 * rigour * cost / (conforming + grace + rigour * debt)


def _grade(score: float) -> str:
    return next((grade for limit, grade in ((90, "A"), (80, "B"), (70, "C"), (60, "D"))
                 if score >= limit), "F")  # fmt: skip


def _fingerprint(offender: tuple[object, ...]) -> str:
    return hashlib.sha256(f"{offender[0]}{offender[2]}{offender[5]}".encode()).hexdigest()[:16]
