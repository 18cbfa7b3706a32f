"""Where the pages of a seeded portfolio are: every one that a reader can open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.urls import NoReverseMatch, reverse

from dashboard.addresses import file_address, history_address
from dashboard.queries.findings import PAGE_SIZE
from scanner.domain.rubric import DEFAULT
from scanner.storage.models import Finding, Repository, Scan
from tests.bench.asking import ask
from tests.bench.believable import CODES, path

MOST_ASKED: Final = 3  # repositories of which what-if is asked
SAMPLE: Final = 12  # repositories that are asked for in turn, from the largest to the smallest

OF_REPOSITORIES: Final[Mapping[str, tuple[str, str]]] = {
    "repository": ("repository", ""),
    "trend of three years": ("repository", "?span=3"),
    "findings": ("findings", ""),
    "findings: new": ("findings", "?state=new"),
    "findings: accepted": ("findings", "?state=accepted"),
    "findings: fixed": ("findings", "?state=fixed"),
    "findings: of a rule": ("findings", f"?rule={CODES[0]}"),
    "findings: of a principle": ("findings", "?principle=complexity"),
    "findings: by path": ("findings", "?path=shop/domain/**/module_0000*.py"),
    "findings: by text": ("findings", "?text=handle_7"),
    "findings: by points": ("findings", "?least=0.1"),
    "findings: by author": ("findings", "?author=author-3"),
    "findings: since a day": ("findings", "?since=2026-01-01"),
    "findings: by path, sorted": ("findings", "?sort=path"),
    "findings: newest first": ("findings", "?sort=newest"),
    "files": ("files", ""),
    "files: of a principle": ("files", "?principle=typing&sort=score"),
    "layers": ("layers", ""),
    "scans": ("scans", ""),
    "settings": ("repository-settings", ""),
    "rubric of a repository": ("repository-rubric", ""),
    "trend": ("trend", ""),
    "trend: each principle": ("trend", "?show=each"),
    "folders": ("folders", ""),
    "folders: of a principle": ("folders", "?by=typing"),
    "hotspots": ("hotspots", ""),
    "ageing": ("ageing", ""),
    "compare": ("compare", ""),
    "past": ("past", ""),
    "repository, while it is scanned": ("repository-live", ""),
}
OF_ALL: Final[Mapping[str, tuple[str, Sequence[str], str]]] = {
    "portfolio": ("portfolio", (), ""),
    "portfolio: of a team": ("portfolio", (), "?team=team-03"),
    "portfolio: by text": ("portfolio", (), "?q=service-0001"),
    "portfolio: by grade": ("portfolio", (), "?grade=F&sort=-change"),
    "portfolio: matrix": ("portfolio", (), "?view=matrix"),
    "new code": ("new-code", (), ""),
    "portfolio, while it is scanned": ("portfolio-live", (), "?id=3&id=4"),
    "findings of the week": ("all-findings", (), ""),
    "findings of the week: of a rule": ("all-findings", (), f"?rule={CODES[0]}"),
    "findings of the week, the last page": ("all-findings", (), "?page=9999"),
    "scans of all": ("all-scans", (), ""),
    "scans of all: failed": ("all-scans", (), "?state=failed"),
    "scans of all: of a team, the last page": ("all-scans", (), "?team=team-03&page=999"),
    "find: a repository": ("find", (), "?q=service-0001"),
    "find: a file": ("find", (), "?q=module_00012"),
    "find: a folder": ("find", (), "?q=domain/area_001"),
    "find: a word that all paths have": ("find", (), "?q=shop"),
    "find: nothing": ("find", (), "?q=nowhere"),
    "rubric": ("rubric", (), ""),
    "rule": ("rule", (CODES[0],), ""),
    "default rubric": ("rubric-default", (), ""),
    "add a repository": ("add-repository", (), ""),
    "teams": ("teams", (), ""),
    "team": ("team", ("team-00",), ""),
    "disk": ("disk", (), ""),
}

OTHERWISE_NAMED: Final = frozenset(
    {"principle", "file", "file-history", "scan", "scan-progress", "rubric-change"}
    | {"repository-rubric-preview", "rubric-default-preview"}
)
SENT_TO: Final = frozenset(
    {"withdraw", "scan-now", "compare-again", "backfill-now", "backfill-cancel"}
    | {"sign-in", "sign-out", "theme", "revoke-token"}
)
"""Routes that take what is sent to them, or are for those who are not signed in."""

OF_SOURCES: Final = frozenset({"compare-file", "file-then"})
"""Pages of source as it was, which no seeded repository has."""

OF_DEVELOPERS: Final = frozenset({"style"})


def addresses(others: Iterable[str] = ()) -> dict[str, list[str]]:
    """What to ask for in turn, by what it is; `others` are routes that may not be named here."""
    sample = _sample()
    found = {
        said: [reverse(route, args=given) + query] for said, (route, given, query) in OF_ALL.items()
    }
    for said, (route, query) in OF_REPOSITORIES.items():
        found[said] = [_of(one, route) + query for one in sample]
    found["principle"] = [_of(one, "principle", "complexity") for one in sample]
    found["file"] = [file_address(one.team.slug, one.slug, path(3)) for one in sample]
    found["file, its past"] = [history_address(one.team.slug, one.slug, path(3)) for one in sample]
    found |= _scans(sample) | _largest(sample[0]) | _rubrics(sample)
    named = {route for route, *_ in OF_ALL.values()} | {
        route for route, _ in OF_REPOSITORIES.values()
    }
    left_out = OTHERWISE_NAMED | SENT_TO | OF_SOURCES | OF_DEVELOPERS
    for route in sorted(set(others) - named - left_out):
        several = _guessed(route, sample)
        if several:
            found[route] = several
    return found


def _sample() -> list[Repository]:
    """From the largest to the smallest, in equal steps."""
    scanned = Repository.objects.filter(team__slug__startswith="team-", latest__isnull=False)
    ordered = scanned.select_related("team", "latest").order_by("-latest__open_findings", "pk")
    step = max(1, ordered.count() // SAMPLE)
    return list(ordered[::step][:SAMPLE])


def _of(repository: Repository, route: str, *given: object) -> str:
    return reverse(route, args=[repository.team.slug, repository.slug, *given])


def _scans(sample: Sequence[Repository]) -> dict[str, list[str]]:
    scans = [(one, Scan.objects.filter(repository=one).latest("pk").pk) for one in sample]
    return {
        "scan": [_of(one, "scan", scan) for one, scan in scans],
        "scan, its progress": [_of(one, "scan-progress", scan) for one, scan in scans],
    }


def _rubrics(sample: Sequence[Repository]) -> dict[str, list[str]]:
    """What a change of weights did, and what one would do: asked here, told there."""
    version = DEFAULT.version
    asked = [_of(one, "repository-rubric-preview", ask(one)) for one in sample[:MOST_ASKED]]
    return {
        "change of the rubric": [_of(one, "rubric-change", version, version) for one in sample],
        "what if": asked,
        "what if, of the default": [reverse("rubric-default-preview", args=[ask(None)])],
    }


def _largest(repository: Repository) -> dict[str, list[str]]:
    """The repository that is dearest to show."""
    findings = Finding.objects.filter(repository=repository, fixed_in=None, accepted_by="")
    last = findings.count() // PAGE_SIZE
    base = _of(repository, "findings")
    return {
        "repository, the largest": [_of(repository, "repository")],
        "findings, the largest": [base],
        "findings, the last page of the largest": [f"{base}?page={last}"],
        "findings, the last page by path": [f"{base}?page={last}&sort=path"],
        "findings, the last page of the newest": [f"{base}?page={last}&sort=newest"],
        "files, the last page of the largest": [f"{_of(repository, 'files')}?page=9999"],
    }


def _guessed(route: str, sample: Sequence[Repository]) -> list[str]:
    """A route by what such routes take; nothing where it takes something else."""
    for given in ((), ("complexity",), (DEFAULT.version,)):
        try:
            return [_of(one, route, *given) for one in sample]
        except NoReverseMatch:
            continue
    try:
        return [reverse(route)]
    except NoReverseMatch:
        return []
