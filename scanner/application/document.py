"""The verdict as a JSON document, schema "codevitals.assessment/1", relied on outside.

Figures are unrounded; masses and costs in units of the principle, not millionths; coverage from
0 to 1; times in UTC with a Z. Every list is sorted, so equal verdicts give equal bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from datetime import UTC, datetime
from typing import Final

from scanner.domain.facts import Function, Module
from scanner.domain.findings import (
    MILLION,
    Assessment,
    FileScore,
    Finding,
    PrincipleScore,
    UnmeasuredFile,
)
from scanner.domain.revisions import Revision

SCHEMA: Final = "codevitals.assessment/1"

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def document(
    assessment: Assessment,
    *,
    engine: str,
    path: str,
    revision: Revision | None,
    functions: Mapping[str, Module] | None = None,
) -> dict[str, Json]:
    """The whole document. With `functions`, the facts by path, each file lists its functions."""
    rewritten = {item.path for item in assessment.rewritten}
    return {
        "schema": SCHEMA,
        "engine": engine,
        "rubric": assessment.rubric,
        "source": _source(path, revision),
        "score": assessment.score,
        "strict_score": assessment.strict_score,
        "grade": assessment.grade,
        "lines": assessment.lines,
        "modules": assessment.modules,
        "coverage": assessment.coverage,
        "unmeasured": [_unmeasured(item) for item in assessment.unmeasured],
        "excluded": [{"path": item.path, "reason": item.reason} for item in assessment.excluded],
        "principles": [_principle(item) for item in assessment.principles],
        "files": [_file(item, functions, rewritten) for item in assessment.files],
        "findings": [finding_document(item) for item in assessment.findings],
    }


def rendered(content: Mapping[str, Json]) -> str:
    """The document as text: a line for each value, and for each element of a list.

    Readable, good to compare by line, and half the cost of indenting all of it.
    """
    members = (f"{json.dumps(key)}: {_value(value)}" for key, value in content.items())
    return "{\n" + ",\n".join(members) + "\n}\n"


def _value(value: Json) -> str:
    if not isinstance(value, list) or not value:
        return json.dumps(value, allow_nan=False)
    return "[\n" + ",\n".join(json.dumps(each, allow_nan=False) for each in value) + "\n]"


def utc(moment: datetime) -> str:
    """ISO 8601 in UTC with a Z, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _source(path: str, revision: Revision | None) -> dict[str, Json]:
    return {
        "path": path,
        "commit": revision.commit if revision else None,
        "committed_at": utc(revision.committed_at) if revision else None,
    }


def _unmeasured(item: UnmeasuredFile) -> dict[str, Json]:
    return {"path": item.path, "reason": item.reason, "line": item.line}


def _principle(item: PrincipleScore) -> dict[str, Json]:
    return {
        "key": item.key,
        "score": item.score,
        "conforming": item.tally.conforming / MILLION,
        "debt": item.tally.debt / MILLION,
        "grace": item.grace / MILLION,
        "rigour": item.rigour,
        "n": item.tally.n,
        "applicable": item.applicable,
        "weight": item.weight,
        "points_lost": item.points_lost,
        "findings": item.findings,
    }


def _file(
    item: FileScore, functions: Mapping[str, Module] | None, rewritten: Set[str]
) -> dict[str, Json]:
    row: dict[str, Json] = {
        "path": item.path,
        "lines": item.lines,
        "score": item.score,
        "points_lost": item.points_lost,
        "read_as": "rewritten" if item.path in rewritten else "source",
    }
    if functions is not None:
        module = functions.get(item.path)
        row["functions"] = [_function(each) for each in module.functions] if module else []
    return row


def _function(function: Function) -> dict[str, Json]:
    annotated = sum(slot.annotation != "none" for slot in function.slots)
    return {
        "name": function.name,
        "line": function.line,
        "end_line": function.end_line,
        "lines": function.lines,
        "complexity": function.complexity,
        "slots": len(function.slots),
        "annotated": annotated,
    }


def finding_document(item: Finding) -> dict[str, Json]:
    """One row of a list of findings."""
    return {
        "rule": item.rule,
        "name": item.name,
        "principle": item.principle,
        "path": item.path,
        "line": item.line,
        "end_line": item.end_line,
        "symbol": item.symbol,
        "message": item.message,
        "cost": item.cost / MILLION,
        "points": item.points,
        "fingerprint": item.fingerprint,
        "accepted": item.accepted,
        "related": [{"path": place.path, "line": place.line} for place in item.related],
    }
