"""Rows of teams, repositories, scans and verdicts.

Costs and masses are whole millionths. Everything that came from a repository was cleaned of NUL
and lone surrogates before it got here, and is still hostile text.
"""

from __future__ import annotations

from scanner.storage.models.comparisons import ComparedPair
from scanner.storage.models.findings import Acceptance, Finding, FormerName, PastFinding, Tracing
from scanner.storage.models.machines import KeptFiles, Machine
from scanner.storage.models.portfolio import PortfolioEntry
from scanner.storage.models.repositories import Architecture, Credential, Label, Repository
from scanner.storage.models.rubrics import JudgedRubric, Preview, RubricVersion
from scanner.storage.models.scans import Beat, Scan
from scanner.storage.models.teams import Membership, Team
from scanner.storage.models.tokens import ApiToken
from scanner.storage.models.verdicts import FileScore, PrincipleScore, Snapshot, Strand

__all__ = [
    "Acceptance",
    "ApiToken",
    "Architecture",
    "Beat",
    "ComparedPair",
    "Credential",
    "FileScore",
    "Finding",
    "FormerName",
    "JudgedRubric",
    "KeptFiles",
    "Label",
    "Machine",
    "Membership",
    "PastFinding",
    "PortfolioEntry",
    "Preview",
    "PrincipleScore",
    "Repository",
    "RubricVersion",
    "Scan",
    "Snapshot",
    "Strand",
    "Team",
    "Tracing",
]
