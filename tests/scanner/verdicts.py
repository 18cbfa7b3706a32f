"""Small verdicts made by hand, for tests of what is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

from scanner.application.records import Verdict
from scanner.domain.findings import (
    MILLION,
    Assessment,
    Charge,
    Excluded,
    FileScore,
    Finding,
    Place,
    PrincipleScore,
    RewrittenFile,
    Tally,
    UnmeasuredFile,
)
from scanner.domain.revisions import Revision

ENGINE = "1.0.0+cpython-3.11"


def make_finding(name: str, points: float = 1.5, line: int = 3) -> Finding:
    """A finding whose fingerprint depends on its name alone."""
    return Finding(
        rule="CX01",
        name="complex-function",
        principle="complexity",
        path=f"shop/{name}.py",
        line=line,
        end_line=line + 40,
        symbol=name,
        message=f"{name} is complex.",
        cost=12 * MILLION,
        points=points,
        fingerprint=hashlib.sha256(name.encode()).hexdigest()[:16],
        effort=30,
        related=(Place("shop/other.py", 1),),
        charges=(Charge(f"shop/{name}.py", line, 12 * MILLION),),
    )


def make_file(path: str, points_lost: float = 0.0) -> FileScore:
    """A file with one principle."""
    return FileScore(path, 120, 100.0 - points_lost, points_lost, (("complexity", 91.25),))


def make_verdict(
    commit: str = "a" * 40,
    findings: Iterable[Finding] = (),
    files: Iterable[FileScore] = (),
    score: float = 93.5,
    subject: str = "Change",
) -> Verdict:
    """A verdict on a commit."""
    files = tuple(files)
    assessment = Assessment(
        score=score,
        strict_score=score - 1,
        grade="A",
        lines=1200,
        modules=len(files),
        coverage=0.99,
        rubric="rubric-1",
        principles=(
            PrincipleScore(
                key="complexity",
                applicable=True,
                score=91.25,
                strict_score=90.0,
                tally=Tally(conforming=900 * MILLION, debt=30 * MILLION, n=40),
                grace=100 * MILLION,
                rigour=2.5,
                weight=14.0,
                points_lost=6.5,
                findings=2,
            ),
            PrincipleScore("async", False, None, None, Tally(), 10 * MILLION, 4.0, 6.0, 0.0, 0),
        ),
        files=files,
        findings=tuple(findings),
        excluded=(Excluded("tests/test_shop.py", "test"),),
        unmeasured=(UnmeasuredFile("shop/old.py", "syntax error", 7, 12),),
        notices=("Layers are not declared.",),
        rewritten=(RewrittenFile("shop/new.py", ("type aliases",)),),
    )
    when = datetime(2025, 5, 1, 12, tzinfo=UTC)
    return Verdict(
        revision=Revision(commit, when, "Ann Author", "ann@example.org", subject),
        engine=ENGINE,
        assessment=assessment,
        blobs={file.path: "b" * 40 for file in files},
        parsed=len(files),
    )
